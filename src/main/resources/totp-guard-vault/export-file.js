// Prepares another app's file for upload: its text, without icons. The server limits what it reads, and icons are most of many files.

import { PictureRefused } from "./picture.js";

export const MAX_BYTES = 64 << 20;

/** The maximum that the server reads. */
export const MAX_CHARACTERS = 8 << 20;

/** If a file is too long as a whole, longer strings are left out, unless they are ciphertexts. */
const LONG_CHARACTERS = 4096;
const ICON = /icon|image|logo|avatar|thumb|picture/i;
const CIPHERTEXT = /^(db|data|content|contents|payload|cipher\w*|\w*encrypted\w*)$/i;

/** The file with the accounts in 1Password's archive. The rest are attachments. */
const ARCHIVED = "export.data";

/** The content for the server. Throws PictureRefused if the file is too large, or is a damaged archive. */
export async function contentOf(file) {
    if (file.size > MAX_BYTES) {
        throw new PictureRefused("file_too_large");
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const content = shortened(textOf(await unpacked(bytes))) ?? (await dataUrlOf(file));
    if (content.length > MAX_CHARACTERS) {
        throw new PictureRefused("too_large");
    }
    return content;
}

/** The text, or null if the bytes are not text. The server then determines what they are. */
function textOf(bytes) {
    const [first, second] = bytes;
    const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
    try {
        const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
        // UTF-16 without a byte order mark looks like UTF-8 with a NUL beside each letter.
        return text.includes("\0") ? null : text;
    } catch (error) {
        if (error instanceof TypeError) {
            return null;
        }
        throw error;
    }
}

function dataUrlOf(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(reader.result));
        reader.addEventListener("error", () => reject(new PictureRefused("damaged")));
        reader.readAsDataURL(new Blob([file], { type: "application/octet-stream" }));
    });
}

function shortened(text) {
    if (text === null || !/^\s*[[{]/.test(text)) {
        return text;
    }
    const withoutIcons = withoutStrings(text, (name, value) => ICON.test(name) || value.startsWith("data:image/"));
    return withoutIcons.length <= MAX_CHARACTERS
        ? withoutIcons
        : withoutStrings(withoutIcons, (name, value) => value.length > LONG_CHARACTERS && !CIPHERTEXT.test(name));
}

/** Empties string members of JSON. Everything else stays unchanged: JSON.parse would round large numbers. */
function withoutStrings(json, isUnwanted) {
    const kept = [];
    let from = 0;
    const member = /"([^"\\]{1,40})"\s*:\s*"/g;
    for (let found = member.exec(json); found; found = member.exec(json)) {
        const begin = member.lastIndex;
        const end = endOfString(json, begin);
        if (isUnwanted(found[1], json.slice(begin, end))) {
            kept.push(json.slice(from, begin));
            from = end;
        }
        // Continue after the closing quote, so that the content of a string is never read as a member.
        member.lastIndex = end + 1;
    }
    kept.push(json.slice(from));
    return kept.join("");
}

function endOfString(json, begin) {
    for (let at = json.indexOf('"', begin); at >= 0; at = json.indexOf('"', at + 1)) {
        let backslashes = 0;
        while (json[at - 1 - backslashes] === "\\") {
            backslashes++;
        }
        if (backslashes % 2 === 0) {
            return at;
        }
    }
    return json.length;
}

/**
 * The accounts of 1Password's archive, found through the directory at its end (APPNOTE.TXT 4.3.6); any other file unchanged.
 */
async function unpacked(bytes) {
    const view = new DataView(bytes.buffer);
    if (bytes.length < 22 || view.getUint32(0) !== 0x504b0304) {
        return bytes;
    }
    try {
        return (await archived(bytes, view)) ?? bytes;
    } catch (error) {
        // A read beyond the end of the file, or data that deflate does not write.
        if (error instanceof RangeError || error instanceof TypeError) {
            throw new PictureRefused("damaged");
        }
        throw error;
    }
}

async function archived(bytes, view) {
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end) !== 0x504b0506) {
        end--;
    }
    if (end < 0) {
        throw new PictureRefused("damaged");
    }
    let entry = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
        const nameLength = view.getUint16(entry + 28, true);
        const name = new TextDecoder().decode(bytes.subarray(entry + 46, entry + 46 + nameLength));
        if (name === ARCHIVED) {
            return inflated(bytes, view, entry);
        }
        entry += 46 + nameLength + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
    }
    return null;
}

function inflated(bytes, view, entry) {
    const local = view.getUint32(entry + 42, true);
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(begin, begin + view.getUint32(entry + 20, true));
    switch (view.getUint16(entry + 10, true)) {
        case 0:
            return packed;
        case 8:
            return bounded(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
        default:
            throw new PictureRefused("damaged");
    }
}

/** Unpacks up to a limit, because a few kilobytes can unpack to gigabytes. */
async function bounded(stream) {
    const chunks = [];
    let length = 0;
    for (const reader = stream.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) {
            return new Uint8Array(await new Blob(chunks).arrayBuffer());
        }
        length += value.length;
        if (length > MAX_BYTES) {
            await reader.cancel();
            throw new PictureRefused("file_too_large");
        }
        chunks.push(value);
    }
}
