// Checks the first bytes of a file for its type and the size of the picture, before any decoder sees it: a file of a few kilobytes can
// unpack to gigabytes (S34).

export const MAX_BYTES = 30_000_000;
export const MAX_PIXELS = 40_000_000;

export class PictureRefused extends Error {
    /** @param reason a key below `picture.` in the texts */
    constructor(reason) {
        super(reason);
        this.reason = reason;
    }
}

/** Width and height of a PNG, JPEG, GIF or WebP. Any other file is refused. */
export async function measure(blob) {
    if (blob.size > MAX_BYTES) {
        throw new PictureRefused("too_large");
    }
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const size = sizeOf(bytes, new DataView(bytes.buffer));
    if (size.width * size.height > MAX_PIXELS) {
        throw new PictureRefused("too_many_pixels");
    }
    if (size.width < 1 || size.height < 1) {
        throw new PictureRefused("damaged");
    }
    return size;
}

function sizeOf(bytes, view) {
    try {
        if (starts(bytes, 0, "\x89PNG\r\n\x1a\n")) {
            return { width: view.getUint32(16), height: view.getUint32(20) };
        }
        if (starts(bytes, 0, "GIF87a") || starts(bytes, 0, "GIF89a")) {
            return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
        }
        if (starts(bytes, 0, "\xff\xd8\xff")) {
            return sizeOfJpeg(view);
        }
        if (starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP")) {
            return sizeOfWebp(bytes, view);
        }
    } catch (error) {
        // A read beyond the end of the file.
        if (error instanceof RangeError) {
            throw new PictureRefused("damaged");
        }
        throw error;
    }
    throw new PictureRefused(kindOfRefused(bytes));
}

/** The frame header is one of the segments before the first scan. */
function sizeOfJpeg(view) {
    for (let at = 2; ; ) {
        if (view.getUint8(at) !== 0xff) {
            throw new PictureRefused("damaged");
        }
        const marker = view.getUint8(at + 1);
        const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
        if (isFrame) {
            return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
        }
        at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
    }
}

function sizeOfWebp(bytes, view) {
    const kind = String.fromCharCode(...bytes.subarray(12, 16));
    switch (kind) {
        case "VP8X":
            return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
        case "VP8L": {
            const bits = view.getUint32(21, true);
            return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
        }
        case "VP8 ":
            return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
        default:
            throw new PictureRefused("damaged");
    }
}

function uint24(view, at) {
    return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}

function kindOfRefused(bytes) {
    const head = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart().toLowerCase();
    if (head.includes("%pdf-")) {
        return "pdf";
    }
    return head.startsWith("<") && head.includes("<svg") ? "svg" : "not_a_picture";
}

function starts(bytes, at, characters) {
    return [...characters].every((character, index) => bytes[at + index] === character.charCodeAt(0));
}
