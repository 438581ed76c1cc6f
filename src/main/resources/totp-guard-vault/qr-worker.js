// Looks for a QR code in a picture, beside the page, so that the page goes on while this works. qr-zxing.js is the library zxing,
// compiled to JavaScript by the build (QrReader.java). Nothing is sent anywhere.

import { measure, PictureRefused } from "./picture.js";
import { read } from "./qr-zxing.js";

/** Longest sides, in pixels, at which a picture is looked at: most codes are found at the first, noisy ones when they are smaller. */
const SIDES = [1000, 600, 1800, 350];

/** A code that stands on its corner has its finder patterns where no row crosses two of them. */
const TURNS = [0, Math.PI / 4];

self.addEventListener("message", async ({ data: { number, blob, frame } }) => {
    try {
        self.postMessage({ number, text: blob ? await readPicture(blob) : readFrame(frame) });
    } catch (error) {
        self.postMessage({ number, refused: error instanceof PictureRefused ? error.reason : "damaged" });
    }
});

async function readPicture(blob) {
    const { width, height } = await measure(blob);
    const most = Math.min(1, Math.max(...SIDES) / Math.max(width, height));
    // Reduced by the browser's decoder: no canvas ever has the full size.
    const bitmap = await createImageBitmap(blob, {
        resizeWidth: Math.max(1, Math.round(width * most)),
        resizeHeight: Math.max(1, Math.round(height * most)),
        resizeQuality: "medium",
    });
    try {
        for (const turn of TURNS) {
            for (const side of SIDES) {
                const text = look(bitmap, side, turn);
                if (text) {
                    return text;
                }
            }
        }
    } finally {
        bitmap.close();
    }
    throw new PictureRefused("none");
}

/** One picture of the camera: another one follows soon. */
function readFrame(frame) {
    try {
        return look(frame, 640, 0);
    } finally {
        frame.close();
    }
}

function look(bitmap, side, turn) {
    const longest = Math.max(bitmap.width, bitmap.height);
    // Small codes are enlarged, but not by much: there is nothing more in them to see.
    const scale = Math.min(side / longest, 3);
    const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
    const [sine, cosine] = [Math.sin(turn), Math.cos(turn)];
    const canvas = new OffscreenCanvas(Math.ceil(width * cosine + height * sine), Math.ceil(width * sine + height * cosine));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate(turn);
    context.drawImage(bitmap, -width / 2, -height / 2, width, height);
    return read(grey(context.getImageData(0, 0, canvas.width, canvas.height).data), canvas.width, canvas.height);
}

/** Luminance of ITU-R BT.601, in 1/256. */
function grey(colours) {
    const luminance = new Int8Array(colours.length / 4);
    for (let pixel = 0, at = 0; pixel < luminance.length; pixel++, at += 4) {
        luminance[pixel] = (77 * colours[at] + 150 * colours[at + 1] + 29 * colours[at + 2]) >> 8;
    }
    return luminance;
}
