// Shows an account as a QR code, for another app. The server sends it only to the owner, after a new second factor, and only if the realm
// allows it. The code is in the page only while the dialog is open, for a minute at most.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { byId, drawing, open } from "./dom.js";
import { notify } from "./notices.js";
import { text } from "./texts.js";

const SHOWN_MILLIS = 60_000;

/** Light modules around the code (ISO/IEC 18004). */
const QUIET_ZONE = 4;

export class Showing {
    #api;
    #dialog = byId("showing");
    #code = byId("showing-code");
    #error = byId("showing-error");
    #again = byId("showing-again");
    #row = null;
    #timer = 0;

    constructor(api, signInAgain) {
        this.#api = api;
        this.#again.addEventListener("click", signInAgain);
        this.#dialog.addEventListener("close", () => this.#forget());
        document.addEventListener("visibilitychange", () => document.hidden && this.#end());
        addEventListener("pagehide", () => this.#end());
    }

    async begin(row) {
        this.#row = row;
        const name = nameOf(row.account);
        byId("showing-title").textContent = text("qr", { name });
        byId("showing-counter").hidden = !row.countsUp;
        this.#again.hidden = true;
        open(this.#dialog);
        try {
            const { rows } = await this.#api.qr(row.account.id);
            if (document.hidden) {
                this.#dialog.close();
            } else if (this.#dialog.open && this.#row === row) {
                this.#code.replaceChildren(draw(rows, text("qr.label", { name })));
                this.#timer = setTimeout(() => this.#end(), SHOWN_MILLIS);
            }
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            // The user may have opened the dialog for another account meanwhile.
            if (this.#row === row) {
                this.#error.textContent = error.words;
                this.#again.hidden = error.kind !== "second_factor_required";
            }
        }
    }

    /** Closes the dialog without the user, and says so. */
    #end() {
        if (this.#code.hasChildNodes()) {
            this.#dialog.close();
            notify(text("qr.closed"));
        }
    }

    #forget() {
        clearTimeout(this.#timer);
        this.#code.replaceChildren();
        this.#row.focusTools();
        this.#row = null;
    }
}

/** @param rows the rows of the code: "1" for a dark module, "0" for a light one */
function draw(rows, label) {
    const side = rows.length + 2 * QUIET_ZONE;
    const path = rows
        .flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + QUIET_ZONE} ${y + QUIET_ZONE}h${run.length}v1h-${run.length}z`))
        .join("");
    return drawing(
        "svg",
        { viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": label },
        drawing("rect", { width: side, height: side, fill: "#fff" }),
        drawing("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" }),
    );
}
