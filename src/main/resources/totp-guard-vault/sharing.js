// Manages who else can read the codes of an account.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { byId, element, open } from "./dom.js";
import { notify } from "./notices.js";
import { text } from "./texts.js";

export class Sharing {
    #api;
    #list;
    #dialog = byId("sharing");
    #form = byId("share-form");
    #error = byId("sharing-error");
    #row = null;

    constructor(api, list, signInAgain) {
        this.#api = api;
        this.#list = list;
        byId("share-again").addEventListener("click", signInAgain);
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.#trying(() => this.#share());
        });
        byId("transfer-form").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#trying(() => this.#transfer());
        });
        this.#dialog.addEventListener("close", () => this.#row.focusTools());
    }

    begin(row) {
        this.#row = row;
        this.#form.reset();
        byId("transfer-form").reset();
        byId("sharing-title").textContent = text("sharing", { name: nameOf(row.account) });
        this.#show([]);
        open(this.#dialog);
        this.#trying(() => this.#refresh());
    }

    async #refresh() {
        const { shares } = await this.#api.shares(this.#row.account.id);
        this.#show(shares);
    }

    #show(shares) {
        byId("shares-none").hidden = shares.length > 0;
        byId("shares").replaceChildren(
            ...shares.map((share) => {
                const name = share.username ?? share.group ?? text("sharing.gone");
                const revoke = element("button", { type: "button", "aria-label": text("sharing.revokeOf", { name }) }, text("sharing.revoke"));
                revoke.addEventListener("click", () => this.#trying(() => this.#revoke(share.id, name)));
                return element("li", {}, element("span", { dir: "auto" }, name), revoke);
            }),
        );
    }

    async #share() {
        const kind = new FormData(this.#form).get("recipient");
        const name = byId("recipient").value.trim();
        await this.#api.share(this.#row.account.id, { [kind]: name });
        byId("recipient").value = "";
        notify(text("sharing.shared", { name }));
        await this.#refresh();
        byId("recipient").focus();
    }

    async #revoke(shareId, name) {
        await this.#api.revoke(this.#row.account.id, shareId);
        notify(text("sharing.revoked", { name }));
        await this.#refresh();
        byId("recipient").focus();
    }

    async #transfer() {
        const { account } = this.#row;
        const owner = byId("new-owner").value.trim();
        await this.#api.transfer(account.id, owner);
        this.#dialog.close();
        this.#list.remove(account.id);
        this.#list.focusAfter(account.id);
        notify(text("transfer.done", { name: nameOf(account), owner }));
    }

    async #trying(step) {
        this.#error.textContent = "";
        byId("share-again").hidden = true;
        try {
            await step();
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            byId("share-again").hidden = error.kind !== "second_factor_required";
            // A missing account and an unknown user give the same message.
            this.#error.textContent = error.kind === "not_found" ? text("sharing.unknown") : error.words;
        }
    }
}
