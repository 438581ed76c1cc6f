// Deletion with undo. The server has no recycle bin, so the request waits here until the time is over or the page is left.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { notify, say } from "./notices.js";
import { text } from "./texts.js";

const UNDO_MILLIS = 10_000;

export class Removing {
    #api;
    #list;
    #pending = new Map();

    constructor(api, list) {
        this.#api = api;
        this.#list = list;
        addEventListener("pagehide", () => this.#leave());
    }

    begin(account) {
        const name = nameOf(account);
        this.#list.hide(account.id, true);
        const notice = notify(text("account.deleted", { name }), { action: { label: text("undo"), run: () => this.#undo(account) }, millis: UNDO_MILLIS });
        this.#pending.set(account.id, setTimeout(() => this.#end(account, notice), UNDO_MILLIS));
        // The row that had the focus is gone, and undo is the most likely next action.
        notice.element.querySelector("button").focus();
    }

    /** Sends all waiting deletions now, before signing out. */
    async flush() {
        const ids = [...this.#pending.keys()];
        this.#forgetTimers();
        await Promise.all(ids.map((id) => this.#api.remove(id).catch(() => {})));
    }

    #undo(account) {
        clearTimeout(this.#pending.get(account.id));
        this.#pending.delete(account.id);
        this.#list.hide(account.id, false);
        say(text("account.restored", { name: nameOf(account) }));
        this.#list.focusAfter(account.id);
    }

    async #end(account, notice) {
        const hadFocus = notice.element.contains(document.activeElement) || document.activeElement === document.body;
        this.#pending.delete(account.id);
        notice.takeAway();
        if (hadFocus) {
            this.#list.focusAfter(account.id);
        }
        try {
            await this.#api.remove(account.id);
            this.#list.remove(account.id);
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            if (error.kind === "not_found") {
                this.#list.remove(account.id);
                return;
            }
            this.#list.hide(account.id, false);
            notify(error.words, { kind: "warning" });
        }
    }

    #leave() {
        [...this.#pending.keys()].forEach((id) => this.#api.removeInPassing(id));
        this.#forgetTimers();
    }

    #forgetTimers() {
        this.#pending.forEach((timer) => clearTimeout(timer));
        this.#pending.clear();
    }
}
