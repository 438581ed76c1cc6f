// Draws the user's second factors, trusted browsers and recent attempts.

import { byId, element } from "./dom.js";
import { moment, text } from "./texts.js";

export class FactorList {
    #actions;
    #known = null;
    #codesAction = null;

    /** @param actions what the buttons do: add, rename, replace, remove, makeCodes */
    constructor(actions) {
        this.#actions = actions;
        byId("first-add").addEventListener("click", () => actions.add());
        byId("device-add").addEventListener("click", () => actions.add());
        byId("codes-make").addEventListener("click", () => actions.makeCodes(this.#codesAction));
    }

    show(known) {
        this.#known = known;
        this.#devices(known);
        this.#codes(known);
        this.#keys(known);
        this.#browsers(known);
        this.#attempts(known);
        byId("pages").hidden = !known.vault;
    }

    /** In another language. */
    showAgain() {
        if (this.#known) {
            this.show(this.#known);
        }
    }

    /** Shows nothing about the user any more. */
    clear() {
        this.#known = null;
        document.querySelectorAll(".factors").forEach((list) => list.replaceChildren());
    }

    #devices({ devices, maxDevices, usesKnown, removalOffered }) {
        const full = devices.length >= maxDevices;
        byId("first").hidden = devices.length > 0;
        byId("devices").hidden = devices.length === 0;
        byId("device-add").hidden = full;
        byId("devices-full").hidden = !full;
        byId("devices-full").textContent = text("factors.devices.full", { max: maxDevices });
        fill(
            "device-list",
            devices.map((device) => {
                const name = device.label ?? text("factors.kind.device");
                return row(
                    name,
                    [made(device), lastUse(device, usesKnown)],
                    [
                        button("factors.rename", "factors.renameOf", name, () => this.#actions.rename(device)),
                        button("factors.replace", "factors.replaceOf", name, () => this.#actions.replace(device)),
                        removalOffered ? this.#removal(device, name) : null,
                    ],
                );
            }),
        );
    }

    #codes({ devices, keys, backupCodes, backupCodesAction, removalOffered }) {
        this.#codesAction = backupCodesAction;
        // Backup codes stand in for another factor, so a user without one is not led to them first.
        byId("codes").hidden = !backupCodes && (!backupCodesAction || devices.length + keys.length === 0);
        byId("codes-few").hidden = !backupCodes?.few;
        byId("codes-none").hidden = Boolean(backupCodes);
        byId("codes-make").hidden = !backupCodesAction;
        byId("codes-make").textContent = text(backupCodes ? "factors.codes.renew" : "factors.codes.make");
        byId("codes-make").classList.toggle("primary", Boolean(backupCodes?.few));
        const name = text("factors.codes");
        const left = backupCodes?.left;
        fill(
            "code-list",
            backupCodes
                ? [
                      row(
                          typeof left === "number" ? text("factors.codes.left", { left }) : name,
                          [made(backupCodes)],
                          [removalOffered ? this.#removal(backupCodes, name) : null],
                      ),
                  ]
                : [],
        );
    }

    #keys({ keys, removalOffered }) {
        byId("keys").hidden = keys.length === 0;
        fill(
            "key-list",
            keys.map((key) => {
                const kind = text(`factors.kind.${key.kind}`);
                const name = key.label ?? kind;
                return row(name, [name === kind ? null : kind, made(key)], [removalOffered ? this.#removal(key, name) : null]);
            }),
        );
    }

    #browsers({ devices, browsers, browsersOffered, removalOffered }) {
        byId("browsers").hidden = browsers.length === 0 && (!browsersOffered || devices.length === 0);
        byId("browsers-none").hidden = browsers.length > 0;
        fill(
            "browser-list",
            browsers.map((browser) => {
                const name = browser.label ?? text("factors.kind.trusted_browser");
                return row(
                    name,
                    [
                        browser.trusted === false ? text("factors.browsers.over") : null,
                        browser.trusted === null ? text("factors.usedUnknown") : null,
                        browser.lastUsed ? text("factors.used", { time: at(browser.lastUsed) }) : null,
                        browser.address ? text("factors.address", { address: browser.address }) : null,
                        browser.until ? text("factors.browsers.until", { time: at(browser.until) }) : null,
                    ],
                    [removalOffered ? this.#removal(browser, name) : null],
                );
            }),
        );
    }

    #attempts({ attempts, attemptsRecorded, help }) {
        const words = attemptsRecorded ? ["factors.events.text", "factors.events.contact"] : ["factors.events.off", "factors.events.off.contact"];
        byId("attempts-text").textContent = text(words[help ? 1 : 0]);
        const contact = byId("attempts-contact");
        contact.hidden = !help?.link;
        byId("attempts-help").hidden = !help || Boolean(help.link);
        if (help?.link) {
            contact.textContent = help.text;
            contact.href = help.link;
        } else if (help) {
            byId("attempts-help").textContent = help.text;
        }
        byId("attempts-none").hidden = !attemptsRecorded || attempts.length > 0;
        fill(
            "attempt-list",
            attempts.map((attempt) => {
                const kind = text(`factors.kind.${attempt.kind}`);
                const made = row(
                    text(`factors.event.${attempt.event}`),
                    [
                        attempt.reason ? text(`factors.reason.${attempt.reason}`) : null,
                        attempt.label ?? kind,
                        at(attempt.at),
                        attempt.address ? text("factors.address", { address: attempt.address }) : null,
                    ],
                    [],
                );
                made.classList.toggle("refused", attempt.event.endsWith("refused"));
                return made;
            }),
        );
    }

    #removal(credential, name) {
        return button("factors.remove", "factors.removeOf", name, () => this.#actions.remove(credential, name));
    }
}

function fill(list, rows) {
    byId(list).replaceChildren(...rows);
}

function row(title, details, buttons) {
    const tools = buttons.filter(Boolean);
    return element(
        "li",
        { class: "factor" },
        element(
            "div",
            { class: "what" },
            element("strong", {}, element("bdi", {}, title)),
            ...details.filter(Boolean).map((detail) => element("span", {}, element("bdi", {}, detail))),
        ),
        tools.length ? element("div", { class: "tools" }, ...tools) : null,
    );
}

/** A button whose accessible name says what it is about. */
function button(key, whole, name, run) {
    const made = element("button", { type: "button", "aria-label": text(whole, { name }) }, text(key));
    made.addEventListener("click", run);
    return made;
}

function made({ created }) {
    return created ? text("factors.made", { time: at(created) }) : null;
}

function lastUse({ lastUsed }, usesKnown) {
    if (!usesKnown) {
        return text("factors.usedUnknown");
    }
    return lastUsed ? text("factors.used", { time: at(lastUsed) }) : text("factors.unused");
}

/** A time of the server, in seconds since 1970. */
function at(seconds) {
    return moment(new Date(seconds * 1000));
}
