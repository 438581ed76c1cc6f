// One account in the list.

import { inGroups } from "./code-text.js";
import { element } from "./dom.js";
import { say } from "./notices.js";
import { Ring } from "./ring.js";
import { text } from "./texts.js";

/** How long before its time the next code is shown beside the current one, in seconds. */
const NEXT_SECONDS = 5;
const HUES = 8;
const MENU = [
    ["edit", "account.edit"],
    ["share", "account.share"],
    ["remove", "account.delete"],
];

export function nameOf({ issuer, account }) {
    return issuer && account && issuer !== account ? `${issuer}, ${account}` : issuer || account;
}

export class AccountRow {
    #actions;
    #ring = new Ring();
    #shown = {};
    #parts;

    element = element("li", { class: "account" });

    /** @param actions functions for the buttons of the row: pin, edit, share, remove, nextCode */
    constructor(account, actions) {
        this.#actions = actions;
        this.update(account);
    }

    update(account) {
        this.account = account;
        this.#shown = {};
        this.element.dataset.id = account.id;
        this.#parts = this.#build(account);
        this.element.replaceChildren(...Object.values(this.#parts).filter((part) => part));
        this.show(null);
    }

    /** Writes the row again. The code of a counter stays: there is no other way to see it. */
    showAgain() {
        const { code } = this.#shown;
        this.update(this.account);
        if (this.countsUp && code) {
            this.show({ code });
        }
    }

    get countsUp() {
        return this.account.type === "hotp";
    }

    focusCode() {
        this.#parts.codes.querySelector("button:not([hidden])").focus();
    }

    /** Shows the code and, for a time-based account, how long it is valid; null while there is no code. */
    show(known) {
        const { code: button, next, counter } = this.#parts.codes.parts;
        const code = known?.code ?? "";
        if (code !== this.#shown.code) {
            this.#shown.code = code;
            const words = code ? inGroups(code) : "";
            button.textContent = words || "\u2013 \u2013 \u2013";
            button.setAttribute("aria-label", words ? text("code.copy", { code: words, name: nameOf(this.account) }) : text("code.none"));
            button.setAttribute("aria-disabled", String(!words));
            button.hidden = this.countsUp && !words;
        }
        if (counter) {
            return;
        }
        this.#shown.remaining = known?.remaining;
        this.#parts.ring.classList.toggle("unknown", !known);
        if (known) {
            this.#ring.show(known.remaining, known.period);
        }
        const upcoming = known?.next && known.remaining <= NEXT_SECONDS ? text("code.next", { code: inGroups(known.next) }) : "";
        if (upcoming !== this.#shown.next) {
            this.#shown.next = upcoming;
            next.textContent = upcoming;
        }
    }

    async copy() {
        const { code, remaining } = this.#shown;
        if (!code) {
            return;
        }
        const name = nameOf(this.account);
        try {
            await navigator.clipboard.writeText(code);
        } catch {
            this.#mark("failed");
            say(text("code.notCopied"));
            return;
        }
        this.#mark("copied");
        say(remaining === undefined ? text("code.copied", { name }) : text("code.copiedFor", { name, seconds: Math.ceil(remaining) }));
    }

    #mark(result) {
        this.element.classList.remove("copied", "failed");
        // The browser must compute a style in between, otherwise the animation does not start for a second copy.
        void this.element.offsetWidth;
        this.element.classList.add(result);
    }

    #build(account) {
        return {
            badge: element("span", { class: `badge hue-${hue(account.issuer || account.account)}`, "aria-hidden": "true" }, initial(account)),
            names: element(
                "div",
                { class: "names" },
                element("strong", {}, element("bdi", {}, account.issuer || account.account)),
                account.issuer ? element("span", {}, element("bdi", {}, account.account)) : null,
                this.#marks(account),
            ),
            codes: this.#codes(account),
            ring: this.countsUp ? null : this.#ring.element,
            tools: this.#tools(account),
        };
    }

    #marks(account) {
        const marks = [];
        if (account.owner) {
            marks.push(text("account.sharedBy", { owner: account.owner }));
        }
        if (account.error) {
            marks.push(text("account.damaged"));
        }
        if (account.group) {
            marks.push(account.group);
        }
        if (account.notes?.includes("own_second_factor")) {
            marks.push(text("account.own"));
        }
        if (account.notes?.includes("weak_secret")) {
            marks.push(text("account.weak"));
        }
        return marks.length ? element("span", { class: "marks" }, ...marks.map((mark) => element("span", { class: "mark" }, element("bdi", {}, mark)))) : null;
    }

    #codes(account) {
        const code = element("button", { type: "button", class: "code", dir: "ltr" });
        code.addEventListener("click", () => this.copy());
        const next = element("span", { class: "next", dir: "auto" });
        const counter = this.countsUp ? element("button", { type: "button", "aria-label": text("code.counterOf", { name: nameOf(account) }) }, text("code.counter")) : null;
        counter?.addEventListener("click", () => this.#actions.nextCode(this));
        const codes = element("div", { class: "codes" }, code, counter ?? next);
        codes.parts = { code, next, counter };
        return codes;
    }

    #tools(account) {
        const name = nameOf(account);
        if (account.owner) {
            return element("div", { class: "row-tools" });
        }
        const pin = element("button", { type: "button", class: "pin", "aria-pressed": String(account.pinned), "aria-label": text("account.pin", { name }) }, "\u2605\ufe0e");
        pin.addEventListener("click", () => this.#actions.pin(this));
        const more = element("details", { class: "more" }, element("summary", { "aria-label": text("account.moreOf", { name }) }, text("account.more")));
        const menu = element("div", { class: "menu" });
        for (const [action, label] of MENU) {
            const button = element("button", { type: "button" }, text(label));
            button.addEventListener("click", () => {
                more.open = false;
                this.#actions[action](this);
            });
            menu.append(button);
        }
        more.append(menu);
        more.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && more.open) {
                more.open = false;
                more.querySelector("summary").focus();
            }
        });
        more.addEventListener("focusout", ({ relatedTarget }) => {
            if (relatedTarget && !more.contains(relatedTarget)) {
                more.open = false;
            }
        });
        return element("div", { class: "row-tools" }, pin, more);
    }

    focusTools() {
        this.element.querySelector("summary")?.focus();
    }

    focusPin() {
        this.element.querySelector(".pin")?.focus();
    }
}

function initial({ issuer, account }) {
    return [...(issuer || account || "?")][0].toUpperCase();
}

/** A colour from the name, so that a service always has the same colour. */
function hue(name) {
    return [...name].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 9973, 7) % HUES;
}
