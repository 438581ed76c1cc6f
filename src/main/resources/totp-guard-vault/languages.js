// The language of the page. The server writes the languages that the page offers into the page: those that have texts, and of these only
// the ones that the realm supports, if it supports several. The first one is used if none of the user's languages is offered.

const CHOSEN = "totp-guard.language";
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** The names that the files have where browsers say something else. */
const OTHER_NAMES = { nb: "no", nn: "no", "zh-hans": "zh-cn", "zh-hant": "zh-tw", "zh-sg": "zh-cn", "zh-hk": "zh-tw", "zh-mo": "zh-tw", zh: "zh-cn" };

/** BCP 47 tags, as the realm has them: de, pt-BR, zh-CN. */
export const offered = document.documentElement.dataset.languages.split(" ");

/** The offered language that fits best: what the user chose here, else the first of the wanted languages that is offered. */
export function best(wanted) {
    return [stored(), ...wanted].map((language) => closest(language)).find(Boolean) ?? offered[0];
}

/** The offered language that a tag means: the same, what it is called here, one without the region, or one of another region. */
function closest(language) {
    if (!language) {
        return null;
    }
    const parts = language.toLowerCase().replaceAll("_", "-").split("-");
    for (let length = parts.length; length > 0; length--) {
        const tag = parts.slice(0, length).join("-");
        const found = offered.find((known) => known.toLowerCase() === tag || known.toLowerCase() === OTHER_NAMES[tag]);
        if (found) {
            return found;
        }
    }
    return offered.find((known) => known.toLowerCase().startsWith(`${parts[0]}-`)) ?? null;
}

function stored() {
    try {
        return localStorage.getItem(CHOSEN);
    } catch {
        return null;
    }
}

function store(language) {
    try {
        localStorage.setItem(CHOSEN, language);
    } catch {
        // The browser stores nothing for this site. The choice holds until the page is left.
    }
}

export function isRightToLeft(language) {
    return RIGHT_TO_LEFT.has(language.split("-")[0]);
}

/** Offers the languages by their own names, and reports which one the user chooses. Hidden if there is only one. */
export function offerLanguages(select, change) {
    select.closest(".field").hidden = offered.length < 2;
    const names = offered.map((language) => [language, nameOf(language)]);
    names.sort(([, a], [, b]) => a.localeCompare(b));
    for (const [language, name] of names) {
        const option = new Option(name, language);
        option.lang = language;
        option.dir = isRightToLeft(language) ? "rtl" : "ltr";
        select.append(option);
    }
    select.addEventListener("change", () => {
        store(select.value);
        change(select.value);
    });
}

function nameOf(language) {
    const name = new Intl.DisplayNames([language], { type: "language", languageDisplay: "standard" }).of(scriptOf(language)) ?? language;
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Chinese is known by its script, which the realm's tags name by a country. */
function scriptOf(language) {
    return { "zh-CN": "zh-Hans", "zh-TW": "zh-Hant" }[language] ?? language;
}
