// The camera. It is on only while the page looks for a code.

import { readFrame } from "./qr.js";

const PAUSE_MILLIS = 150;
const REASONS = { NotAllowedError: "camera.denied", SecurityError: "camera.denied", NotFoundError: "camera.none", OverconstrainedError: "camera.none" };

export class CameraRefused extends Error {
    /** @param reason a key in the texts */
    constructor(reason) {
        super(reason);
        this.reason = reason;
    }
}

export class Camera {
    #video;
    #stream = null;

    constructor(video) {
        this.#video = video;
    }

    get isOn() {
        return this.#stream !== null;
    }

    /** The text of the first QR code that the camera sees; null if the camera was stopped before. */
    async look() {
        await this.#start();
        const stream = this.#stream;
        try {
            while (this.#stream === stream) {
                const found = this.#video.videoWidth ? await readFrame(await createImageBitmap(this.#video)) : null;
                if (found) {
                    return found;
                }
                await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
            }
            return null;
        } finally {
            if (this.#stream === stream) {
                this.stop();
            }
        }
    }

    stop() {
        this.#stream?.getTracks().forEach((track) => track.stop());
        this.#stream = null;
        this.#video.srcObject = null;
        this.#video.hidden = true;
    }

    async #start() {
        if (!navigator.mediaDevices) {
            throw new CameraRefused("camera.none");
        }
        try {
            this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
        } catch (error) {
            throw new CameraRefused(REASONS[error.name] ?? "camera.busy");
        }
        this.#video.srcObject = this.#stream;
        this.#video.hidden = false;
        await this.#video.play().catch(() => {});
    }
}
