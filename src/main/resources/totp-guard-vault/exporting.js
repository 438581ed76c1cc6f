// Export: the server creates the file after a new second factor, and the browser downloads it.

import { ApiError } from "./api.js";
import { byId, element, open } from "./dom.js";
import { notify } from "./notices.js";
import { text } from "./texts.js";

const FILES = { aegis: ["totp-vault-aegis.json", "application/json"], otpauth: ["totp-vault.txt", "text/plain"] };

export class Exporting {
    #api;
    #dialog = byId("exporting");
    #form = byId("export-form");
    #password = byId("export-password");

    constructor(api, signInAgain) {
        this.#api = api;
        byId("export").addEventListener("click", () => this.#open());
        this.#form.addEventListener("change", () => this.#showPassword());
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.#save();
        });
        byId("export-again").addEventListener("click", signInAgain);
        this.#dialog.addEventListener("close", () => this.#form.reset());
    }

    #open() {
        byId("export-again").hidden = true;
        open(this.#dialog);
        this.#showPassword();
    }

    #format() {
        return new FormData(this.#form).get("format");
    }

    #showPassword() {
        const encrypted = this.#format() === "aegis";
        byId("export-password-field").hidden = !encrypted;
        this.#password.required = encrypted;
        this.#password.disabled = !encrypted;
    }

    async #save() {
        const format = this.#format();
        byId("exporting-error").textContent = "";
        try {
            download(await this.#api.exportAccounts(format, this.#password.disabled ? "" : this.#password.value), ...FILES[format]);
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            byId("exporting-error").textContent = error.words;
            byId("export-again").hidden = error.kind !== "second_factor_required";
            return;
        }
        this.#dialog.close();
        notify(text("exporting.done"));
    }
}

function download(content, name, type) {
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` })), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
}
