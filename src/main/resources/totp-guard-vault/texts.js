// The texts of the page. All of them are in texts.json. A unit test checks that no language lacks one.

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

let all = {};
let words = {};

export async function loadTexts() {
    const response = await fetch(new URL("texts.json", import.meta.url));
    all = await response.json();
    speak(navigator.languages);
}

/** Uses the first language that has texts, or English if none has. */
export function speak(languages) {
    const known = languages.map((language) => language.toLowerCase().split("-")[0]).find((language) => all[language]) ?? "en";
    words = all[known];
    document.documentElement.lang = known;
    document.documentElement.dir = RIGHT_TO_LEFT.has(known) ? "rtl" : "ltr";
    document.title = text("title");
    fill(document);
}

export function text(key, values = {}) {
    return Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, () => String(value ?? "")), words[key]).trim();
}

export function hasText(key) {
    return key in words;
}

function fill(root) {
    root.querySelectorAll("[data-text]").forEach((element) => (element.textContent = text(element.dataset.text)));
    root.querySelectorAll("[data-label]").forEach((element) => element.setAttribute("aria-label", text(element.dataset.label)));
}
