// Changes issuer, account name, group and pin of an account. Its key can neither be changed nor shown.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { byId, element, open } from "./dom.js";
import { notify, say } from "./notices.js";
import { text } from "./texts.js";

export class Editing {
    #api;
    #list;
    #dialog = byId("editing");
    #row = null;

    constructor(api, list) {
        this.#api = api;
        this.#list = list;
        byId("edit-form").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#save();
        });
        this.#dialog.addEventListener("close", () => this.#row.focusTools());
    }

    begin(row) {
        this.#row = row;
        const { issuer, account, group } = row.account;
        byId("edit-issuer").value = issuer ?? "";
        byId("edit-account").value = account ?? "";
        byId("edit-group").value = group ?? "";
        byId("known-groups").replaceChildren(...this.#list.groups().map((known) => element("option", { value: known })));
        open(this.#dialog);
    }

    async pin(row) {
        const pinned = !row.account.pinned;
        try {
            this.#list.put({ ...row.account, ...(await this.#api.change(row.account.id, { pinned })) });
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            notify(error.words, { kind: "warning" });
            return;
        }
        row.focusPin();
        say(text(pinned ? "account.pinned" : "account.unpinned", { name: nameOf(row.account) }));
    }

    async #save() {
        const changes = { issuer: byId("edit-issuer").value.trim(), account: byId("edit-account").value.trim(), group: byId("edit-group").value.trim() };
        try {
            const changed = { ...this.#row.account, ...(await this.#api.change(this.#row.account.id, changes)) };
            this.#list.put(changed);
            this.#dialog.close();
            notify(text("account.saved", { name: nameOf(changed) }));
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            byId("editing-error").textContent = error.words;
        }
    }
}
