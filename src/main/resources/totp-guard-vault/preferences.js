// What the user has chosen on this page, and how often accounts were used. Both are kept in this browser (local storage), for each realm and
// user. No key, no code and no token is ever stored.

const PREFIX = "totp-guard-vault";

let owner = null;

/** What the browser did not store. It lasts as long as the page. */
const inMemory = new Map();

/** From now on, the preferences are those of this user. */
export function preferencesOf(realm, userId) {
    owner = `${PREFIX}:${new URL(realm).pathname}:${userId}`;
    inMemory.clear();
}

export function preference(name, otherwise) {
    if (inMemory.has(name)) {
        return inMemory.get(name);
    }
    try {
        return JSON.parse(localStorage.getItem(`${owner}:${name}`)) ?? otherwise;
    } catch {
        return otherwise;
    }
}

export function prefer(name, value) {
    try {
        localStorage.setItem(`${owner}:${name}`, JSON.stringify(value));
        inMemory.delete(name);
    } catch {
        // The browser forbids storage, or it is full.
        inMemory.set(name, value);
    }
}
