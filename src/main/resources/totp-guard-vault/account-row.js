// One account in the list.

import { inGroups } from "./code-text.js";
import { drawing, element } from "./dom.js";
import { notify, say } from "./notices.js";
import { Ring } from "./ring.js";
import { iconOf } from "./service-icons.js";
import { text } from "./texts.js";
import { countUse } from "./usage.js";

/** How long before its time the next code is shown beside the current one, in seconds. */
const NEXT_SECONDS = 5;
const HUES = 8;

/** How long a hidden code is shown at most, in seconds. It is hidden earlier if it ends earlier. */
const SHOWN_SECONDS = 30;

/** How long the result of copying is visible. */
const RESULT_MILLIS = 2500;

const EYE = "M1.5 12s4-7 10.5-7 10.5 7 10.5 7-4 7-10.5 7S1.5 12 1.5 12z";
const STAR = "M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17l-5.4 3 1.1-6.1-4.5-4.3 6.1-.8z";
const MENU = [
    ["edit", "account.edit"],
    ["share", "account.share"],
    ["show", "account.qr"],
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
    #hidesCodes;
    #revealed = false;
    #concealing = 0;
    #clearing = 0;

    element = element("li", { class: "account" });

    /**
     * @param actions functions for the buttons of the row: pin, edit, share, show, remove, nextCode; and mayShow, whether there is show
     * @param hidesCodes whether codes are hidden until the user wants to see them
     */
    constructor(account, actions, hidesCodes) {
        this.#actions = actions;
        this.#hidesCodes = hidesCodes;
        this.update(account);
    }

    update(account) {
        this.account = account;
        this.#shown = {};
        this.#hideAgain();
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
        const { code, counter } = this.#parts.codes.parts;
        (code.hidden ? counter : code).focus();
    }

    hideCodes(hides) {
        this.#hidesCodes = hides;
        this.conceal();
        this.#draw();
    }

    /** Hides a code that was shown for a while. */
    conceal() {
        if (this.#revealed) {
            this.#hideAgain();
            this.#draw();
        }
    }

    #hideAgain() {
        clearTimeout(this.#concealing);
        this.#revealed = false;
    }

    /** Shows a hidden code for a while. Returns for how many seconds. */
    #reveal() {
        const seconds = Math.min(SHOWN_SECONDS, Math.ceil(this.#shown.remaining ?? SHOWN_SECONDS));
        this.#hideAgain();
        this.#revealed = true;
        this.#concealing = setTimeout(() => this.conceal(), seconds * 1000);
        this.#draw();
        return seconds;
    }

    #lookOrHide() {
        if (this.#revealed) {
            this.conceal();
            return;
        }
        countUse(this.account.id);
        const seconds = this.#reveal();
        say(text("code.shownFor", { name: nameOf(this.account), code: inGroups(this.#shown.code), seconds }));
    }

    /** Shows the code that a counter has just made. The user asked for it, so it is not hidden at once. */
    showNew(code) {
        this.show({ code });
        if (this.#hidesCodes) {
            this.#reveal();
        }
        this.focusCode();
    }

    /** Shows the code and, for a time-based account, how long it is valid; null while there is no code. */
    show(known) {
        const { next, counter } = this.#parts.codes.parts;
        const code = known?.code ?? "";
        if (code !== this.#shown.code) {
            this.#shown.code = code;
            // The next code is another one, which the user has not asked for.
            this.#hideAgain();
            this.#draw();
        }
        if (counter) {
            return;
        }
        this.#shown.remaining = known?.remaining;
        this.#parts.ring.classList.toggle("unknown", !known);
        if (known) {
            this.#ring.show(known.remaining, known.period);
        }
        // In right-to-left text, a space would make two numbers of the code, the second one first. A no-break space keeps it one number.
        const upcoming =
            known?.next && known.remaining <= NEXT_SECONDS && !this.#isConcealed ? text("code.next", { code: inGroups(known.next).replaceAll(" ", "\u00a0") }) : "";
        if (upcoming !== this.#shown.next) {
            this.#shown.next = upcoming;
            next.textContent = upcoming;
        }
    }

    get #isConcealed() {
        return this.#hidesCodes && !this.#revealed;
    }

    /** Draws the code, or dots in its place, and the button that shows it. */
    #draw() {
        const { code: button, eye } = this.#parts.codes.parts;
        const words = this.#shown.code ? inGroups(this.#shown.code) : "";
        const name = nameOf(this.account);
        if (!words) {
            button.textContent = "\u2013 \u2013 \u2013";
            button.setAttribute("aria-label", text("code.none"));
        } else if (this.#isConcealed) {
            button.textContent = words.replace(/\S/g, "\u2022");
            button.setAttribute("aria-label", text("code.copyHidden", { name }));
        } else {
            button.textContent = words;
            button.setAttribute("aria-label", text("code.copy", { code: words, name }));
        }
        button.setAttribute("aria-disabled", String(!words));
        button.hidden = this.countsUp && !words;
        eye.hidden = !this.#hidesCodes || !words;
        eye.setAttribute("aria-pressed", String(this.#revealed));
    }

    async copy() {
        const { code, remaining } = this.#shown;
        if (!code) {
            return;
        }
        const name = nameOf(this.account);
        countUse(this.account.id);
        try {
            await navigator.clipboard.writeText(code);
        } catch {
            this.#mark("failed", "code.notCopiedMark");
            this.#selectCode();
            notify(text("code.notCopied"), { kind: "warning" });
            return;
        }
        this.#mark("copied", "code.copiedMark");
        say(remaining === undefined ? text("code.copied", { name }) : text("code.copiedFor", { name, seconds: Math.ceil(remaining) }));
    }

    /** Selects the code, so that the user can copy it in another way. */
    #selectCode() {
        if (this.#isConcealed) {
            this.#reveal();
        }
        getSelection().selectAllChildren(this.#parts.codes.parts.code);
    }

    /** Says beside the code what became of copying. Screen readers get more words from the live region. */
    #mark(result, words) {
        const { said } = this.#parts.codes.parts;
        said.textContent = text(words);
        clearTimeout(this.#clearing);
        this.#clearing = setTimeout(() => (said.textContent = ""), RESULT_MILLIS);
        this.element.classList.remove("copied", "failed");
        // The browser must compute a style in between, otherwise the animation does not start for a second copy.
        void this.element.offsetWidth;
        this.element.classList.add(result);
    }

    #build(account) {
        return {
            badge: iconOf(account.issuer || account.account) ?? letter(account),
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
        if (account.pinned) {
            marks.push(text("account.pinnedMark"));
        }
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
        const eye = element("button", { type: "button", class: "eye", "aria-label": text("code.show", { name: nameOf(account) }) }, eyeDrawing());
        eye.addEventListener("click", () => this.#lookOrHide());
        const said = element("span", { class: "said", "aria-hidden": "true" });
        const codes = element("div", { class: "codes" }, element("div", { class: "code-line" }, eye, code), counter ?? next, said);
        codes.parts = { code, eye, said, next, counter };
        return codes;
    }

    #tools(account) {
        const name = nameOf(account);
        if (account.owner) {
            return element("div", { class: "row-tools" });
        }
        const pin = element("button", { type: "button", class: "pin", "aria-pressed": String(account.pinned), "aria-label": text("account.pin", { name }) }, starDrawing());
        pin.addEventListener("click", () => this.#actions.pin(this));
        const more = element("details", { class: "more" }, element("summary", { "aria-label": text("account.moreOf", { name }) }, text("account.more")));
        const menu = element("div", { class: "menu" });
        const available = MENU.filter(([action]) => action !== "show" || (this.#actions.mayShow() && !account.error));
        for (const [action, label] of available) {
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

/** The tile of a service without an icon. */
function letter(account) {
    return element("span", { class: `badge hue-${hue(account.issuer || account.account)}`, "aria-hidden": "true" }, initial(account));
}

/** The style sheet fills the star of a pinned account. */
function starDrawing() {
    return drawing("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, drawing("path", { d: STAR }));
}

/** The style sheet draws a line through the eye while the code is hidden. */
function eyeDrawing() {
    return drawing(
        "svg",
        { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
        drawing("path", { d: EYE }),
        drawing("circle", { cx: 12, cy: 12, r: 3 }),
        drawing("path", { class: "through", d: "M4 20L20 4" }),
    );
}

function initial({ issuer, account }) {
    return [...(issuer || account || "?")][0].toUpperCase();
}

/** A colour from the name, so that a service always has the same colour. */
function hue(name) {
    return [...name].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 9973, 7) % HUES;
}
