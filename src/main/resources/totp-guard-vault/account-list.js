// The list of accounts: order, search while typing, groups, and which rows are in view.

import { AccountRow, nameOf } from "./account-row.js";
import { byId, element } from "./dom.js";
import { say } from "./notices.js";
import { prefer, preference } from "./preferences.js";
import { text } from "./texts.js";
import { byUse, isOrder } from "./usage.js";

const SPEAK_AFTER_MILLIS = 700;

/** The filters: all accounts, accounts without a group, or one group. */
const ALL = Symbol("all");
const NO_GROUP = Symbol("no group");

export class AccountList {
    #list = byId("accounts");
    #search = byId("search");
    #chips = byId("groups");
    #sort = byId("sort");
    #hideCodes = byId("hide-codes");
    #rows = new Map();
    #hidden = new Set();
    #group = ALL;
    #compareUse = byUse("name");
    #codes;
    #actions;
    #speaking = 0;
    #inView = new IntersectionObserver((entries) => this.#see(entries), { rootMargin: "100px" });

    constructor(codes, actions) {
        this.#codes = codes;
        this.#actions = actions;
        this.#search.addEventListener("input", () => this.#searched());
        this.#search.addEventListener("keydown", (event) => this.#searchKey(event));
        this.#list.addEventListener("keydown", (event) => this.#listKey(event));
        this.#sort.addEventListener("change", () => {
            prefer("sort", this.#sort.value);
            this.#sortAfresh();
            this.#render();
        });
        this.#hideCodes.addEventListener("change", () => {
            prefer("hideCodes", this.#hideCodes.checked);
            this.#rows.forEach((row) => row.hideCodes(this.#hideCodes.checked));
            say(text(this.#hideCodes.checked ? "codes.hidden" : "codes.shown"));
        });
        document.addEventListener("visibilitychange", () => document.hidden && this.#rows.forEach((row) => row.conceal()));
        // A click outside an open menu closes it.
        document.addEventListener("click", ({ target }) => {
            this.#list.querySelectorAll("details.more[open]").forEach((more) => (more.open = more.contains(target)));
        });
    }

    /** Takes over what the user has chosen before, on this page and in this browser. */
    prefer() {
        const sort = preference("sort", "name");
        this.#sort.value = isOrder(sort) ? sort : "name";
        this.#hideCodes.checked = preference("hideCodes", false) === true;
    }

    set(accounts) {
        const present = new Set(accounts.map((account) => account.id));
        [...this.#rows.keys()].filter((id) => !present.has(id)).forEach((id) => this.#drop(id));
        accounts.forEach((account) => this.#put(account));
        this.#sortAfresh();
        this.#render();
    }

    put(account) {
        this.#put(account);
        this.#render();
    }

    /** After a change of the language. Codes that are known come back with the next tick. */
    showAgain() {
        this.#rows.forEach((row) => row.showAgain());
        this.#render();
    }

    remove(id) {
        this.#drop(id);
        this.#render();
    }

    /** Hides a row while its deletion can be undone. */
    hide(id, hidden) {
        hidden ? this.#hidden.add(id) : this.#hidden.delete(id);
        this.#render();
    }

    row(id) {
        return this.#rows.get(id);
    }

    /** The groups of the user's own accounts. */
    groups() {
        return [...new Set([...this.#rows.values()].map((row) => row.account.group).filter((group) => group))].sort((a, b) => a.localeCompare(b));
    }

    show(id, known) {
        this.#rows.get(id)?.show(known);
    }

    focusAfter(id) {
        const shown = this.#shown();
        const next = shown.find((row) => row.account.id === id) ?? shown[0];
        next ? next.focusCode() : this.#search.focus();
    }

    /** Adds or replaces a row. If nothing has changed, the row stays, with its code, its focus and its open menu. */
    #put(account) {
        const row = this.#rows.get(account.id);
        if (!row) {
            this.#rows.set(account.id, new AccountRow(account, this.#actions, this.#hideCodes.checked));
        } else if (JSON.stringify(row.account) !== JSON.stringify(account)) {
            row.update(account);
        }
    }

    #drop(id) {
        this.#codes.forget(id);
        this.#rows.delete(id);
        this.#hidden.delete(id);
    }

    #shown() {
        const words = fold(this.#search.value).split(/\s+/);
        return [...this.#rows.values()]
            .filter((row) => !this.#hidden.has(row.account.id))
            .filter(({ account }) => this.#group === ALL || (this.#group === NO_GROUP ? !account.group : account.group === this.#group))
            .filter(({ account }) => {
                const sought = fold([account.issuer, account.account, account.group, account.owner].join(" "));
                return words.every((word) => sought.includes(word));
            })
            .map((row) => row.account)
            .sort((a, b) => Number(b.pinned) - Number(a.pinned) || this.#compareUse(a, b) || nameOf(a).localeCompare(nameOf(b)))
            .map((account) => this.#rows.get(account.id));
    }

    /** Sorts by what was used until now. */
    #sortAfresh() {
        this.#compareUse = byUse(this.#sort.value);
    }

    #render() {
        const focused = document.activeElement;
        const shown = this.#shown();
        const elements = shown.map((row) => row.element);
        [...this.#list.children].filter((child) => !elements.includes(child)).forEach((child) => {
            this.#inView.unobserve(child);
            this.#codes.ignore(child.dataset.id);
            child.remove();
        });
        // Moving an element removes the focus from it, so only elements in the wrong place are moved.
        elements.forEach((child, index) => {
            if (this.#list.children[index] !== child) {
                this.#list.insertBefore(child, this.#list.children[index] ?? null);
            }
            this.#inView.observe(child);
        });
        if (focused?.isConnected && focused !== document.activeElement) {
            focused.focus();
        }
        this.#renderGroups();
        this.#renderNothing(shown.length);
        return shown;
    }

    #renderGroups() {
        const groups = this.groups();
        if (this.#group !== ALL && this.#group !== NO_GROUP && !groups.includes(this.#group)) {
            this.#group = ALL;
        }
        const filters = [[ALL, text("groups.all")], ...groups.map((group) => [group, group]), [NO_GROUP, text("groups.none")]];
        this.#chips.hidden = groups.length === 0;
        const focusedAt = [...this.#chips.children].indexOf(document.activeElement);
        this.#chips.replaceChildren(
            ...filters.map(([filter, label]) => {
                const chip = element("button", { type: "button", class: "chip", dir: "auto", "aria-pressed": String(this.#group === filter) }, label);
                chip.addEventListener("click", () => {
                    this.#group = filter;
                    this.#searched();
                });
                return chip;
            }),
        );
        this.#chips.children[focusedAt]?.focus();
    }

    #renderNothing(count) {
        const nothing = this.#rows.size - this.#hidden.size === 0 ? "state.empty" : "state.nothingFound";
        byId("nothing").hidden = count > 0;
        byId("nothing-title").textContent = text(nothing);
        byId("nothing-text").textContent = text(`${nothing}.text`);
    }

    #see(entries) {
        for (const { target, isIntersecting } of entries) {
            const row = this.#rows.get(target.dataset.id);
            if (row && !row.countsUp) {
                isIntersecting ? this.#codes.want(row.account.id) : this.#codes.ignore(row.account.id);
            }
        }
        this.#codes.tick();
    }

    #searched() {
        const count = this.#render().length;
        // The result is announced after a pause, not after every letter.
        clearTimeout(this.#speaking);
        this.#speaking = setTimeout(
            () => say(count === 0 ? text("state.nothingFound") : text("search.found", { count })),
            SPEAK_AFTER_MILLIS,
        );
    }

    #searchKey(event) {
        if (event.isComposing) {
            return;
        }
        const [first] = this.#shown();
        if (event.key === "Enter") {
            event.preventDefault();
            first?.copy();
        } else if (event.key === "ArrowDown" && first) {
            event.preventDefault();
            first.focusCode();
        }
    }

    /** The arrow keys move from code to code. */
    #listKey(event) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!step || !event.target.classList.contains("code")) {
            return;
        }
        event.preventDefault();
        const shown = this.#shown();
        const at = shown.findIndex((row) => row.element.contains(event.target)) + step;
        at < 0 ? this.#search.focus() : shown[Math.min(at, shown.length - 1)].focusCode();
    }
}

/** Removes accents, so that "zurich" finds "Zürich". */
function fold(words) {
    return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
