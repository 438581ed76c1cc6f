// Sends pictures to the worker, with a time limit.

import { PictureRefused } from "./picture.js";

const LIMIT_MILLIS = 30_000;

let worker = null;
let asked = 0;
const waiting = new Map();

/**
 * The QR codes of a picture: their texts, at least one, and how many more were found but not read. Throws PictureRefused with the reason if
 * there is none.
 */
export function readPicture(blob) {
    return ask({ blob }, []);
}

/** The text of the QR code that a camera sees, or null. The frame cannot be used afterwards. */
export function readFrame(frame) {
    return ask({ frame }, [frame]);
}

function ask(question, transfer) {
    worker ??= begin();
    const number = ++asked;
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => giveUp(new PictureRefused("too_long")), LIMIT_MILLIS);
        waiting.set(number, { resolve, reject, timer });
        worker.postMessage({ number, ...question }, transfer);
    });
}

function begin() {
    const begun = new Worker(new URL("qr-worker.js", import.meta.url), { type: "module" });
    begun.addEventListener("message", ({ data: { number, found, refused } }) => {
        const { resolve, reject, timer } = waiting.get(number);
        waiting.delete(number);
        clearTimeout(timer);
        refused ? reject(new PictureRefused(refused)) : resolve(found);
    });
    begun.addEventListener("error", () => giveUp(new PictureRefused("damaged")));
    return begun;
}

/** Ends the worker: if it hangs, it cannot answer any more. */
function giveUp(reason) {
    worker.terminate();
    worker = null;
    waiting.forEach(({ reject, timer }) => {
        clearTimeout(timer);
        reject(reason);
    });
    waiting.clear();
}
