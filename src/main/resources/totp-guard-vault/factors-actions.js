// What users change. Keycloak's application-initiated actions make every change, with their own pages, proofs and rules. This page is
// left for them, and says afterwards what happened.

import { notify } from "./notices.js";
import { text } from "./texts.js";

const SETUP = "totp-guard-setup";
const REMOVAL = "delete_credential";

export class FactorActions {
    #signIn;

    constructor(signIn) {
        this.#signIn = signIn;
    }

    add() {
        return this.#leave("add", SETUP);
    }

    rename({ id }) {
        return this.#leave("rename", `${SETUP}:rename/${id}`);
    }

    replace({ id }) {
        return this.#leave("replace", `${SETUP}:replace/${id}`);
    }

    remove({ id }, name) {
        return this.#leave("remove", `${REMOVAL}:${id}`, name);
    }

    /** @param action ours, or Keycloak's id that leads to ours: the realm enables one of them */
    makeCodes(action) {
        return this.#leave("codes", action);
    }

    #leave(kind, action, name = "") {
        return this.#signIn.leaveToLogin(false, { action, kind, name });
    }

    /** Says what became of the action from which the user returns; nothing if this was only a sign-in. */
    static tell({ status, under }) {
        if (!status || !under) {
            return;
        }
        if (status === "success") {
            notify(text(`factors.done.${under.kind}`, { name: under.name }), { millis: null });
        } else if (status === "cancelled") {
            notify(text("factors.cancelled"));
        } else {
            notify(text("factors.failed"), { kind: "warning", millis: null });
        }
    }
}
