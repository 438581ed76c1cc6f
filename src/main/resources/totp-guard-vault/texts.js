// The texts of the page in one language. Each language has a file, which is complete: a unit test compares all of them.

import { best, isRightToLeft, offerLanguages } from "./languages.js";

let language = "";
let words = {};
let forms = null;
let numbers = null;
let seconds = null;
const listeners = [];

/**
 * Shows the page in the user's language, and lets the user choose another one.
 *
 * @param switcher the select of the page for its language
 */
export async function loadTexts(switcher) {
    await speak(best(navigator.languages));
    offerLanguages(switcher, (chosen) => speak(chosen));
    switcher.value = language;
    listeners.push(() => (switcher.value = language));
}

/** After the sign-in: the language that the user has in the realm comes before the browser's, but after the choice on this page. */
export async function speakAs(locale) {
    await speak(best([locale, ...navigator.languages]));
}

/** Runs each time the language has changed, for what is not marked with data-text or data-label. */
export function onLanguage(listener) {
    listeners.push(listener);
}

async function speak(wanted) {
    if (wanted === language) {
        return;
    }
    const response = await fetch(new URL(`texts-${wanted.replace("-", "_")}.json`, import.meta.url));
    words = await response.json();
    language = wanted;
    forms = new Intl.PluralRules(language);
    numbers = new Intl.NumberFormat(language);
    seconds = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" });
    document.documentElement.lang = language;
    document.documentElement.dir = isRightToLeft(language) ? "rtl" : "ltr";
    fill(document);
    listeners.forEach((listener) => listener());
}

/**
 * A text with its values. Numbers are written as the language writes them. `count` also chooses the plural form, where the text has forms
 * (KEY.one, KEY.other and others); `seconds` gets its unit.
 */
export function text(key, values = {}) {
    const pattern = words[key] ?? words[`${key}.${forms.select(values.count)}`] ?? words[`${key}.other`];
    return Object.entries(values)
        .reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, () => written(name, value)), pattern)
        .trim();
}

export function hasText(key) {
    return key in words;
}

/** A point in time as the language writes it, in the time zone of the browser. */
export function moment(date, options = { dateStyle: "medium", timeStyle: "short" }) {
    return new Intl.DateTimeFormat(language, options).format(date);
}

function written(name, value) {
    if (typeof value !== "number") {
        return String(value ?? "");
    }
    return (name === "seconds" ? seconds : numbers).format(value);
}

function fill(root) {
    root.querySelectorAll("[data-text]").forEach((element) => (element.textContent = text(element.dataset.text)));
    root.querySelectorAll("[data-label]").forEach((element) => element.setAttribute("aria-label", text(element.dataset.label)));
    document.title = text(document.querySelector("h1").dataset.text);
}
