// What is sent of another app's file: its text, without icons. The server bounds what it reads, and icons are most of many files.

import { PictureRefused } from "./picture.js";

export const MOST_BYTES = 64 << 20;

/** As much as the server reads. */
export const MOST_CHARACTERS = 8 << 20;

/** Strings that are longer are left out of a file that is too long as a whole, unless they are what the file is about. */
const LONG_CHARACTERS = 4096;
const ICON = /icon|image|logo|avatar|thumb|picture/i;
const CIPHERTEXT = /^(db|data|content|contents|payload|cipher\w*|\w*encrypted\w*)$/i;

/** What 1Password's archive has its accounts in; the rest is attachments. */
const ARCHIVED = "export.data";

/** The content for the server. Throws PictureRefused if the file is too large, or an archive that is damaged. */
export async function contentOf(file) {
    if (file.size > MOST_BYTES) {
        throw new PictureRefused("file_too_large");
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const content = shortened(textOf(await unpacked(bytes))) ?? (await dataUrlOf(file));
    if (content.length > MOST_CHARACTERS) {
        throw new PictureRefused("too_large");
    }
    return content;
}

/** The text, or null where the bytes are none: the server finds out what they are. */
function textOf(bytes) {
    const [first, second] = bytes;
    const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
    try {
        const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
        // UTF-16 without a mark looks like UTF-8 with a NUL beside each letter.
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
    return withoutIcons.length <= MOST_CHARACTERS
        ? withoutIcons
        : withoutStrings(withoutIcons, (name, value) => value.length > LONG_CHARACTERS && !CIPHERTEXT.test(name));
}

/** Empties members of JSON that are strings. Nothing else is touched: JSON.parse would round large numbers. */
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
        // Past the closing quote: what a string holds is never taken for a member.
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

/** The accounts of 1Password's archive, by its directory at the end (APPNOTE.TXT 4.3.6); any other file as it is. */
async function unpacked(bytes) {
    const view = new DataView(bytes.buffer);
    if (bytes.length < 22 || view.getUint32(0) !== 0x504b0304) {
        return bytes;
    }
    try {
        return (await archived(bytes, view)) ?? bytes;
    } catch (error) {
        // Read past the end of the file, or not what deflate makes.
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

/** A few kilobytes can unpack to gigabytes. */
async function bounded(stream) {
    const chunks = [];
    let length = 0;
    for (const reader = stream.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) {
            return new Uint8Array(await new Blob(chunks).arrayBuffer());
        }
        length += value.length;
        if (length > MOST_BYTES) {
            await reader.cancel();
            throw new PictureRefused("file_too_large");
        }
        chunks.push(value);
    }
}
