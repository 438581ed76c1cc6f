// Counts in this browser which accounts are used: their codes copied or shown, or the next one made. The server is not told.

import { prefer, preference } from "./preferences.js";

const USED = "used";

/** The order of the list: by name, or by use. Each is a comparison of two accounts; equal ones are compared by name. */
const ORDERS = {
    name: () => 0,
    recent: (used) => (a, b) => last(used, b) - last(used, a),
    often: (used) => (a, b) => count(used, b) - count(used, a),
};

export function isOrder(name) {
    return Object.hasOwn(ORDERS, name);
}

/** The comparison as of now: later use does not move a row away while the user looks at it. */
export function byUse(order) {
    const used = preference(USED, {});
    return order === "name" ? ORDERS.name : ORDERS[order](used);
}

export function countUse(id) {
    const used = preference(USED, {});
    const [times] = used[id] ?? [0];
    prefer(USED, { ...used, [id]: [times + 1, Date.now()] });
}

/** Forgets the accounts that no longer exist. */
export function keepUseOf(ids) {
    const used = preference(USED, {});
    const known = Object.entries(used).filter(([id]) => ids.has(id));
    if (known.length < Object.keys(used).length) {
        prefer(USED, Object.fromEntries(known));
    }
}

function count(used, { id }) {
    return used[id]?.[0] ?? 0;
}

function last(used, { id }) {
    return used[id]?.[1] ?? 0;
}
