// Import: the accounts of a file are shown first, each with its result, and stored after that.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { byId, element, open } from "./dom.js";
import { notify } from "./notices.js";
import { contentOf } from "./export-file.js";
import { PictureRefused } from "./picture.js";
import { isKey, restOf } from "./qr-texts.js";
import { readPicture } from "./qr.js";
import { hasText, text } from "./texts.js";

/** How often a busy server is asked again before the user decides. */
const RETRIES = 3;

const MAX_PAUSE_SECONDS = 20;
const NOTHING_LEFT = { unread: 0, others: 0 };

export class Importing {
    #api;
    #imported;
    #contents = [];
    #rest = NOTHING_LEFT;
    #asked = 0;
    #dialog = byId("importing");
    #error = byId("importing-error");
    #store = byId("import-store");
    #files = byId("import-files");
    #password = byId("import-password");

    constructor(api, imported) {
        this.#api = api;
        this.#imported = imported;
        byId("import").addEventListener("click", () => this.#open());
        this.#files.addEventListener("change", () => this.takeFiles([...this.#files.files]));
        byId("import-again").addEventListener("click", () => this.#preview());
        byId("import-form").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#preview();
        });
        this.#store.addEventListener("click", () => this.#storeAll());
        this.#dialog.addEventListener("close", () => this.#forget());
    }

    /**
     * Takes the texts of QR codes, or a list of otpauth URIs. Texts that follow each other are combined, like the parts of one export.
     *
     * @param rest numbers of QR codes that contain no account
     */
    takeTexts(texts, rest) {
        this.#open();
        this.#add(texts, rest);
        return this.#preview();
    }

    #add(texts, { unread, others }) {
        this.#contents.push(...texts.filter((found) => !this.#contents.includes(found)));
        this.#rest = { unread: this.#rest.unread + unread, others: this.#rest.others + others };
    }

    #open() {
        if (!this.#dialog.open) {
            byId("import-again").hidden = true;
            open(this.#dialog);
        }
    }

    /** Deletes the contents and the password when the dialog closes. */
    #forget() {
        this.#contents = [];
        this.#rest = NOTHING_LEFT;
        this.#asked++;
        byId("import-apps").open = false;
        byId("import-form").reset();
        byId("import-password-field").hidden = true;
        this.#show(null);
    }

    /** Takes files that were chosen or dropped. QR codes are combined. Any other file replaces the previous content. */
    async takeFiles(files) {
        this.#open();
        this.#error.textContent = "";
        byId("import-progress").textContent = text("importing.reading");
        try {
            const read = [];
            for (const file of files) {
                read.push(await (isPicture(file) ? keysOf(file) : { texts: [await contentOf(file)], ...NOTHING_LEFT }));
            }
            if (!files.every(isPicture)) {
                this.#contents = [];
                this.#rest = NOTHING_LEFT;
            }
            read.forEach(({ texts, unread, others }) => this.#add(texts, { unread, others }));
            await this.#preview();
        } catch (error) {
            this.#refuse(error);
        } finally {
            this.#files.value = "";
        }
    }

    async #preview() {
        if (this.#contents.length === 0) {
            return;
        }
        this.#error.textContent = "";
        try {
            const answer = await this.#ask(true);
            if (answer) {
                this.#show(answer);
            }
        } catch (error) {
            this.#refuse(error);
        }
    }

    async #storeAll() {
        this.#store.disabled = true;
        try {
            const answer = await this.#ask(false);
            if (!answer) {
                return;
            }
            const stored = answer.items.filter((item) => item.id);
            this.#show(answer);
            await this.#imported();
            if (stored.length === answer.items.length) {
                this.#dialog.close();
            }
            this.#contents = [];
            this.#store.hidden = true;
            notify(text("importing.done", { count: stored.length }));
            byId("import-progress").textContent = text("importing.done", { count: stored.length });
        } catch (error) {
            this.#refuse(error);
        } finally {
            this.#store.disabled = false;
        }
    }

    /**
     * Sends the request. A busy server answers at once, before it does anything, and says when to ask again.
     *
     * @returns null if the dialog was closed in the meantime, or another request was started
     */
    async #ask(preview) {
        const asked = ++this.#asked;
        for (let retries = 0; ; retries++) {
            try {
                return await this.#api.importAccounts(this.#contents, this.#password.value, preview);
            } catch (error) {
                if (retries === RETRIES || !(error instanceof ApiError) || error.kind !== "busy") {
                    throw error;
                }
                const seconds = Math.min(error.seconds, MAX_PAUSE_SECONDS);
                byId("import-progress").textContent = text("importing.waiting", { seconds });
                await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
                if (asked !== this.#asked) {
                    return null;
                }
            }
        }
    }

    #show(answer) {
        const items = answer?.items ?? [];
        const taken = items.filter((item) => item.accepted && !item.duplicate);
        byId("import-preview").hidden = items.length === 0;
        byId("import-items").replaceChildren(...items.map(row));
        byId("import-progress").textContent = items.length ? text("importing.found", { accepted: taken.length, count: items.length }) : "";
        this.#store.hidden = taken.length === 0;
        this.#store.textContent = text("importing.store", { count: taken.length });
        byId("import-again").hidden = true;
        const rest = items.length ? restOf(this.#rest) : "";
        byId("import-rest").hidden = !rest;
        byId("import-rest").textContent = rest;
        const batch = answer?.batch;
        byId("import-batch").hidden = !batch || batch.missing.length === 0;
        byId("import-batch").textContent = batch ? text("importing.batch", { present: batch.parts - batch.missing.length, size: batch.parts }) : "";
    }

    #refuse(error) {
        this.#show(null);
        if (error instanceof PictureRefused) {
            const ours = `importing.${error.reason}`;
            this.#error.textContent = text(hasText(ours) ? ours : `picture.${error.reason}`);
            return;
        }
        if (!(error instanceof ApiError)) {
            throw error;
        }
        const reason = String(error.error).toLowerCase();
        byId("import-again").hidden = error.kind !== "busy";
        byId("import-apps").open = reason === "unknown_format";
        if (reason.startsWith("password_")) {
            byId("import-password-field").hidden = false;
            this.#password.focus();
        }
        this.#error.textContent = hasText(`importing.${reason}`) ? text(`importing.${reason}`) : error.words;
    }
}

function row(item) {
    const taken = item.accepted && !item.duplicate;
    return element(
        "tr",
        { class: taken ? "taken" : "left" },
        element("td", {}, text(taken ? "importing.yes" : "importing.no")),
        element("td", { dir: "auto" }, nameOf(item) || item.name || text("importing.unnamed")),
        element("td", {}, resultOf(item)),
    );
}

function resultOf(item) {
    if (item.duplicate) {
        return text("importing.duplicate");
    }
    if (!item.accepted) {
        const key = `reason.${String(item.reason).toLowerCase()}`;
        return hasText(key) ? text(key) : item.message;
    }
    const notes = (item.notes ?? []).map((note) => `importing.${note}`).filter(hasText);
    return [item.id ? "importing.stored" : "importing.ready", ...notes].map((key) => text(key)).join("; ");
}

function isPicture(file) {
    return file.type.startsWith("image/");
}

async function keysOf(picture) {
    const { texts, unread } = await readPicture(picture);
    const keys = texts.filter(isKey);
    if (keys.length === 0) {
        throw new PictureRefused("not_an_account");
    }
    return { texts: keys, unread, others: texts.length - keys.length };
}
