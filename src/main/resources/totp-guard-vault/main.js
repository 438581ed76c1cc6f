// Assembles the page: sign-in, then the list, or a message that explains why there is no list.

import { AccountList } from "./account-list.js";
import { nameOf } from "./account-row.js";
import { Adding } from "./adding.js";
import { Api, ApiError } from "./api.js";
import { Codes } from "./codes.js";
import { byId } from "./dom.js";
import { Editing } from "./editing.js";
import { Exporting } from "./exporting.js";
import { Importing } from "./importing.js";
import { notify, say } from "./notices.js";
import { preferencesOf } from "./preferences.js";
import { Removing } from "./removing.js";
import { ServerClock } from "./server-clock.js";
import { loadIcons } from "./service-icons.js";
import { Sharing } from "./sharing.js";
import { Showing } from "./showing.js";
import { SignIn } from "./sign-in.js";
import { inGroups } from "./code-text.js";
import { loadTexts, onLanguage, speakAs, text } from "./texts.js";
import { countUse, keepUseOf } from "./usage.js";

/** The errors that end the list, and the state that is shown instead. */
const ENDS = { signed_out: "ended", second_factor_required: "secondFactor", forbidden: "forbidden" };

const page = location.origin + location.pathname.replace(/\/+$/, "");
const vault = page.replace(/\/vault$/, "");
const realm = vault.replace(/\/totp-guard$/, "");
const signIn = new SignIn(realm, page, "totp-guard-vault");
const api = new Api(vault, signIn);
const codes = new Codes(api, new ServerClock(), (id, known) => list.show(id, known), report);
const list = new AccountList(codes, {
    pin: (row) => editing.pin(row),
    edit: (row) => editing.begin(row),
    mayShow: () => api.showsSecrets,
    show: (row) => showing.begin(row),
    share: (row) => sharing.begin(row),
    remove: (row) => removing.begin(row.account),
    nextCode,
});
const editing = new Editing(api, list);
const sharing = new Sharing(api, list, () => signIn.leaveToLogin(true));
const showing = new Showing(api, () => signIn.leaveToLogin(true));
const removing = new Removing(api, list);
const importing = new Importing(api, refresh);
const adding = new Adding(api, {
    added: refresh,
    remove: (id) => removing.begin(list.row(id).account),
    importTexts: (texts, rest) => importing.takeTexts(texts, rest),
    importFiles: (files) => importing.takeFiles(files),
});
new Exporting(api, () => signIn.leaveToLogin(true));

/** Writes the state that was shown last. */
let writeState = () => {};

byId("sign-out").addEventListener("click", signOut);
const icons = loadIcons();
await loadTexts(byId("language"));
onLanguage(showAgain);
await start();

async function start() {
    if (!crypto.subtle) {
        showState("insecure");
        return;
    }
    if (!SignIn.isAnswer()) {
        showState("loading");
        await signIn.leaveToLogin();
        return;
    }
    try {
        await signIn.complete();
    } catch (error) {
        console.warn(error.message);
        showState("loginFailed", "retry", () => signIn.leaveToLogin());
        return;
    }
    preferencesOf(realm, signIn.person().id);
    await speakAs(signIn.person().locale);
    showPerson();
    byId("person").hidden = false;
    await load();
}

async function load() {
    showState("loading");
    list.prefer();
    try {
        await icons;
        await refresh();
    } catch (error) {
        if (!(error instanceof ApiError)) {
            throw error;
        }
        if (!ended(error)) {
            showState("error", "retry", load, () => error.words);
        }
        return;
    }
    byId("state").hidden = true;
    byId("vault").hidden = false;
    byId("tools").hidden = false;
    if (!load.done) {
        load.done = true;
        codes.start();
        adding.listen();
    }
    byId("search").focus();
}

async function refresh() {
    const accounts = await api.accounts();
    keepUseOf(new Set(accounts.map((account) => account.id)));
    list.set(accounts);
}

async function nextCode(row) {
    const name = nameOf(row.account);
    try {
        const { token } = await api.nextCode(row.account.id);
        countUse(row.account.id);
        row.showNew(token);
        say(text("code.made", { name, code: inGroups(token) }));
    } catch (error) {
        if (!(error instanceof ApiError)) {
            throw error;
        }
        notify(error.words, { kind: "warning" });
    }
}

async function signOut() {
    await removing.flush();
    await signIn.signOut().catch(() => {});
    leave("signedOut", "signIn", () => signIn.leaveToLogin());
}

/** Reports whether the codes could be fetched: null if they could. */
function report(error, seconds) {
    const problem = byId("problem");
    if (!error) {
        problem.hidden = true;
        say(text("problem.online"));
        return;
    }
    if (ended(error)) {
        return;
    }
    const kind = ["offline", "wait"].includes(error.kind) ? error.kind : "failed";
    problem.textContent = text(`problem.${kind}`, { seconds });
    if (problem.hidden) {
        say(problem.textContent);
    }
    problem.hidden = false;
}

/** Whether nothing can be shown until the user signs in again. */
function ended({ kind }) {
    const state = ENDS[kind];
    if (state) {
        leave(state, kind === "second_factor_required" ? "signIn.again" : "signIn", () => signIn.leaveToLogin(kind !== "signed_out"));
    }
    return Boolean(state);
}

function leave(state, label, run) {
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    list.set([]);
    byId("vault").hidden = true;
    byId("tools").hidden = true;
    byId("problem").hidden = true;
    byId("person").hidden = true;
    showState(state, label, run);
}

function showState(state, label = null, run = null, words = () => text(`state.${state}.text`)) {
    writeState = () => {
        byId("state-title").textContent = text(`state.${state}`);
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
    say(`${text(`state.${state}`)}. ${words()}`);
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
