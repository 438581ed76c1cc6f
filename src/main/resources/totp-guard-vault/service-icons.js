// Icons of well-known services. All of them are in service-icons.json, which src/icons/service-icons.py makes from the npm package
// simple-icons; none is fetched from elsewhere. An unknown service has no icon.

import { drawing } from "./dom.js";

/** Words at the end of a company's name that its service's name does not have. */
const COMPANY = new Set(["inc", "llc", "ltd", "limited", "corp", "corporation", "company", "co", "gmbh", "ag", "se", "sa", "bv", "plc"]);
const DOMAIN = /^(?:www\.)?([\p{L}\p{N}-]+)\.(?:com|org|net)$/iu;
const IN_BRACKETS = /\s*[([].*[)\]]\s*$/u;

/** The least contrast of a drawing with its ground (WCAG 2.2, 1.4.11). */
const LEAST_CONTRAST = 3;

let icons = {};
let names = {};

/** If the icons cannot be loaded, no service has one. */
export async function loadIcons() {
    try {
        const response = await fetch(new URL("service-icons.json", import.meta.url));
        if (response.ok) {
            ({ icons, names } = await response.json());
        }
    } catch (error) {
        console.warn(error.message);
    }
}

/** The icon of a service on a tile of its colour, or null. It is only decoration: the name stands beside it. */
export function iconOf(service) {
    const slug = spellings(service).map((spelling) => own(names, spelling)).find((found) => found);
    if (!slug) {
        return null;
    }
    const [, colour, path] = icons[slug];
    return drawing(
        "svg",
        { class: "service", viewBox: "0 0 40 40", "aria-hidden": "true", focusable: "false", "data-service": slug },
        drawing("rect", { width: 40, height: 40, rx: 10, fill: `#${colour}` }),
        drawing("path", { d: path, transform: "translate(8 8)", fill: whiteIsReadable(colour) ? "#fff" : "#000" }),
    );
}

/** The ways to look a name up: as it is, without brackets, without "Inc.", without ".com". */
function spellings(service) {
    const name = service.replace(IN_BRACKETS, "");
    const words = name.split(/[\s,]+/u).map(normalised).filter((word) => word);
    while (words.length > 1 && COMPANY.has(words.at(-1))) {
        words.pop();
    }
    const domain = DOMAIN.exec(name.trim());
    return [normalised(service), normalised(name), words.join(""), domain ? normalised(domain[1]) : ""].filter((spelling) => spelling);
}

/** Letters and digits of the compatibility form, without accents, in lower case. The same as in service-icons.py. */
function normalised(name) {
    return name.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

function own(table, key) {
    return Object.hasOwn(table, key) ? table[key] : null;
}

/** Contrast as WCAG 2.2 defines it. If white has too little, black has more than enough. */
function whiteIsReadable(colour) {
    const [red, green, blue] = [0, 2, 4]
        .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= LEAST_CONTRAST;
}
