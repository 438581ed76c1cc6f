// Assembles the page of the user's own second factors: sign-in, then what the server knows, or a message that explains why there is
// nothing to show.

import { Api, ApiError } from "./api.js";
import { byId } from "./dom.js";
import { FactorActions } from "./factors-actions.js";
import { FactorList } from "./factors-list.js";
import { say } from "./notices.js";
import { SignIn } from "./sign-in.js";
import { loadTexts, onLanguage, speakAs, text } from "./texts.js";

const CLIENT = "totp-guard-account";

/** A page that comes back to the front is read again if it is older than this. */
const STALE_MILLIS = 30_000;

const page = location.origin + location.pathname.replace(/\/+$/, "");
const root = page.replace(/\/account$/, "");
const signIn = new SignIn(root.replace(/\/totp-guard$/, ""), page, CLIENT);
const api = new Api(root, signIn);
const list = new FactorList(new FactorActions(signIn));
let readAt = null;

/** Writes the state that was shown last. */
let writeState = () => {};

byId("sign-out").addEventListener("click", signOut);
document.addEventListener("visibilitychange", refresh);
await loadTexts(byId("language"));
onLanguage(showAgain);
await start();

async function start() {
    if (!crypto.subtle) {
        showState("insecure", "state.insecure.text");
        return;
    }
    if (!SignIn.isAnswer()) {
        showState("loading", "factors.state.loading");
        await signIn.leaveToLogin();
        return;
    }
    let answer;
    try {
        answer = await signIn.complete();
    } catch (error) {
        console.warn(error.message);
        showState("loginFailed", "factors.state.loginFailed", "retry", () => signIn.leaveToLogin());
        return;
    }
    await speakAs(signIn.person().locale);
    showPerson();
    byId("person").hidden = false;
    if (await load()) {
        FactorActions.tell(answer);
    }
}

/** Returns whether the page shows the user's second factors. */
async function load() {
    showState("loading", "factors.state.loading");
    try {
        await read();
    } catch (error) {
        if (!(error instanceof ApiError)) {
            throw error;
        }
        if (!ended(error)) {
            showState("error", null, "retry", load, { title: () => text("factors.state.error"), words: () => error.words });
        }
        return false;
    }
    byId("state").hidden = true;
    byId("factors").hidden = false;
    byId("tools").hidden = false;
    say(text("factors.title"));
    return true;
}

async function read() {
    list.show(await api.factors());
    readAt = performance.now();
}

/** Reads again what may have changed in another tab, and notices the end of the session. */
async function refresh() {
    if (document.hidden || readAt === null || performance.now() - readAt < STALE_MILLIS) {
        return;
    }
    const problem = byId("problem");
    try {
        await read();
        problem.hidden = true;
    } catch (error) {
        if (!(error instanceof ApiError)) {
            throw error;
        }
        if (!ended(error)) {
            problem.textContent = error.words;
            problem.hidden = false;
            say(error.words);
        }
    }
}

async function signOut() {
    await signIn.signOut().catch(() => {});
    leave("signedOut", "factors.state.signedOut");
}

/** Whether nothing can be shown until the user signs in again. */
function ended({ kind }) {
    if (kind === "signed_out") {
        leave("ended", "factors.state.ended");
    }
    return kind === "signed_out";
}

function leave(state, words) {
    readAt = null;
    list.clear();
    ["factors", "pages", "tools", "problem", "person"].forEach((id) => (byId(id).hidden = true));
    showState(state, words, "signIn", () => signIn.leaveToLogin());
}

function showState(state, key, label = null, run = null, { title = () => text(`state.${state}`), words = () => text(key) } = {}) {
    writeState = () => {
        byId("state-title").textContent = title();
        byId("state-text").textContent = words();
        byId("state-action").textContent = label ? text(label) : "";
    };
    writeState();
    byId("state").hidden = false;
    const action = byId("state-action");
    action.hidden = !label;
    if (label) {
        action.onclick = run;
        action.focus();
    }
    say(`${title()}. ${words()}`);
}

function showPerson() {
    byId("person").textContent = text("person", { name: signIn.person().name });
}

/** In another language: what the script has written. */
function showAgain() {
    writeState();
    list.showAgain();
    if (!byId("person").hidden) {
        showPerson();
    }
}
