// Searches for QR codes in a picture, in a worker, so that the page remains responsive. qr-zxing.js is the library zxing, compiled to
// JavaScript by the build (QrReader.java). Nothing is sent anywhere.

import { measure, PictureRefused } from "./picture.js";
import { glance, readAll } from "./qr-zxing.js";

/**
 * Longest side, in pixels, to which a picture is scaled: the smallest codes that cameras can capture are still large enough then.
 */
const MAX_SIDE = 1800;

const MAX_SIDE_OF_FRAME = 640;

self.addEventListener("message", async ({ data: { number, blob, frame } }) => {
    try {
        self.postMessage({ number, found: blob ? await readPicture(blob) : readFrame(frame) });
    } catch (error) {
        self.postMessage({ number, refused: error instanceof PictureRefused ? error.reason : "damaged" });
    }
});

async function readPicture(blob) {
    const { width, height } = await measure(blob);
    const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
    // The browser's decoder scales the picture down, so no canvas has the full size.
    const bitmap = await createImageBitmap(blob, {
        resizeWidth: Math.max(1, Math.round(width * scale)),
        resizeHeight: Math.max(1, Math.round(height * scale)),
        resizeQuality: "medium",
    });
    try {
        const [unread, ...texts] = readAll(...grey(bitmap, 1));
        if (texts.length === 0) {
            throw new PictureRefused(unread === "0" ? "none" : "blurred");
        }
        return { texts, unread: Number(unread) };
    } finally {
        bitmap.close();
    }
}

/** Reads one picture of the camera in a single pass, because another one follows soon. */
function readFrame(frame) {
    try {
        return glance(...grey(frame, Math.min(1, MAX_SIDE_OF_FRAME / Math.max(frame.width, frame.height))));
    } finally {
        frame.close();
    }
}

/** Luminance of ITU-R BT.601, in 1/256, on white; width, height. */
function grey(bitmap, scale) {
    const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const colours = context.getImageData(0, 0, width, height).data;
    const luminance = new Int8Array(width * height);
    for (let pixel = 0, at = 0; pixel < luminance.length; pixel++, at += 4) {
        luminance[pixel] = (77 * colours[at] + 150 * colours[at + 1] + 29 * colours[at + 2]) >> 8;
    }
    return [luminance, width, height];
}
