// Classifies the texts of QR codes and of the clipboard: one account, several accounts, or none.

import { text } from "./texts.js";

const KEY = /^\s*otpauth(-migration)?:\/\//i;
const ONE_KEY = /(?:^|[\s,;])otpauth(?:-migration)?:\/\//gi;
const MIGRATION = /^\s*otpauth-migration:\/\//i;

export function isKey(found) {
    return KEY.test(found);
}

/** Whether a text is a list of otpauth URIs, or a URI that itself contains several accounts. */
export function holdsSeveral(found) {
    return MIGRATION.test(found) || (found.match(ONE_KEY) ?? []).length > 1;
}

/** Whether a text contains an otpauth URI, possibly after a heading. */
export function hasKey(found) {
    return found.search(ONE_KEY) >= 0;
}

/** The message about QR codes in pictures that contain no account; empty if there are none. */
export function restOf({ unread, others }) {
    return [told("picture.unread", unread), told("picture.others", others)].filter(Boolean).join(" ");
}

function told(key, count) {
    return count > 0 ? text(key, { count }) : "";
}
