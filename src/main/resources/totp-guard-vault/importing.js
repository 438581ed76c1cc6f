// Importing: what a file holds is shown first, item by item with its reason, and stored after that.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { byId, element, open } from "./dom.js";
import { notify } from "./notices.js";
import { PictureRefused } from "./picture.js";
import { readPicture } from "./qr.js";
import { hasText, text } from "./texts.js";

/** As much as the server reads. */
const MOST_BYTES = 4 << 20;

export class Importing {
    #api;
    #imported;
    #contents = [];
    #dialog = byId("importing");
    #error = byId("importing-error");
    #store = byId("import-store");
    #files = byId("import-files");
    #password = byId("import-password");

    constructor(api, imported) {
        this.#api = api;
        this.#imported = imported;
        byId("import").addEventListener("click", () => this.#open());
        this.#files.addEventListener("change", () => this.#takeFiles([...this.#files.files]));
        byId("import-form").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#preview();
        });
        this.#store.addEventListener("click", () => this.#storeAll());
        this.#dialog.addEventListener("close", () => this.#forget());
    }

    /** The texts of QR codes: of an export that is spread over several of them. */
    takeTexts(texts) {
        this.#open();
        this.#contents.push(...texts.filter((found) => !this.#contents.includes(found)));
        return this.#preview();
    }

    #open() {
        if (!this.#dialog.open) {
            open(this.#dialog);
        }
    }

    /** Neither contents nor password outlive the dialog. */
    #forget() {
        this.#contents = [];
        byId("import-form").reset();
        byId("import-password-field").hidden = true;
        this.#show(null);
    }

    async #takeFiles(files) {
        this.#error.textContent = "";
        byId("import-progress").textContent = text("importing.reading");
        try {
            const read = await Promise.all(files.map(contentOf));
            const pictures = files.every((file) => isPicture(file));
            // QR codes come one after the other; another file replaces what was there.
            this.#contents = pictures ? [...this.#contents, ...read.filter((found) => !this.#contents.includes(found))] : read;
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
            this.#show(await this.#api.importAccounts(this.#contents, this.#password.value, true));
        } catch (error) {
            this.#refuse(error);
        }
    }

    async #storeAll() {
        this.#store.disabled = true;
        try {
            const answer = await this.#api.importAccounts(this.#contents, this.#password.value, false);
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

    #show(answer) {
        const items = answer?.items ?? [];
        const taken = items.filter((item) => item.accepted && !item.duplicate);
        byId("import-preview").hidden = items.length === 0;
        byId("import-items").replaceChildren(...items.map(row));
        byId("import-progress").textContent = items.length ? text("importing.found", { accepted: taken.length, count: items.length }) : "";
        this.#store.hidden = taken.length === 0;
        this.#store.textContent = text("importing.store", { count: taken.length });
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

function contentOf(file) {
    if (isPicture(file)) {
        return readPicture(file);
    }
    if (file.size > MOST_BYTES) {
        throw new PictureRefused("file_too_large");
    }
    return file.text();
}
