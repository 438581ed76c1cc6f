// Adds an account: from a picture that is pasted, dropped or chosen, from the camera, from an otpauth URI, or by hand.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { Camera, CameraRefused } from "./camera.js";
import { byId, open } from "./dom.js";
import { notify } from "./notices.js";
import { PictureRefused } from "./picture.js";
import { hasKey, holdsSeveral, isKey, restOf } from "./qr-texts.js";
import { readPicture } from "./qr.js";
import { text } from "./texts.js";

/** Notes by importance: only the first one is shown. The spelling of a key or an algorithm is not worth a note. */
const NOTES = ["own_second_factor", "duplicate", "parameter_spelling", "issuer_differs", "name_missing", "name_changed", "weak_secret"];

const REMOVABLE = ["own_second_factor", "duplicate"];

export class Adding {
    #api;
    #added;
    #remove;
    #importTexts;
    #importFiles;
    #dialog = byId("adding");
    #error = byId("adding-error");
    #reading = byId("reading");
    #camera = new Camera(byId("viewfinder"));

    /**
     * @param added called when an account has been stored
     * @param remove called with the id of an account that the user does not want after all
     * @param importTexts called with texts that contain several accounts, and with the numbers of QR codes that contain none
     * @param importFiles called with files of other apps
     */
    constructor(api, { added, remove, importTexts, importFiles }) {
        this.#api = api;
        this.#added = added;
        this.#remove = remove;
        this.#importTexts = importTexts;
        this.#importFiles = importFiles;
        byId("add").addEventListener("click", () => this.#open());
        this.#dialog.addEventListener("close", () => this.#closed());
        byId("picture").addEventListener("change", ({ target }) => {
            const [file] = target.files;
            target.value = "";
            if (file) {
                this.#takePicture(file);
            }
        });
        byId("camera").addEventListener("click", () => this.#toggleCamera());
        byId("by-uri").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#takeText(byId("uri").value, "adding.not_an_address");
        });
        byId("hand").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#store(this.#byHand());
        });
        byId("hand-type").addEventListener("change", () => this.#showFieldsOfType());
    }

    /**
     * Pictures, files and otpauth URIs can be pasted and dropped anywhere, unless a dialog or a text field is in use.
     */
    listen() {
        document.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
        document.addEventListener("dragover", (event) => {
            event.preventDefault();
            byId("drop").classList.add("over");
        });
        document.addEventListener("dragleave", () => byId("drop").classList.remove("over"));
        document.addEventListener("drop", (event) => {
            byId("drop").classList.remove("over");
            // The browser's default action would leave the page and open the file.
            event.preventDefault();
            this.#take(event, event.dataTransfer);
        });
    }

    /** @param refusal the key of the message for a text that is not an otpauth URI */
    #takeText(found, refusal) {
        if (holdsSeveral(found) || (hasKey(found) && !isKey(found))) {
            this.#import([found.trim()], { unread: 0, others: 0 });
        } else if (isKey(found)) {
            return this.#store({ uri: found.trim() });
        } else {
            this.#refuse(text(refusal));
        }
        return Promise.resolve();
    }

    /** A single account is stored at once. Several accounts are shown first. */
    async #takeTexts({ texts, unread }) {
        const keys = texts.filter(isKey);
        const rest = { unread, others: texts.length - keys.length };
        if (keys.length > 1 || (keys.length === 1 && holdsSeveral(keys[0]))) {
            this.#import(keys, rest);
            return;
        }
        await this.#takeText(keys[0] ?? "", "picture.not_an_account");
        const words = keys.length === 1 && restOf(rest);
        if (words) {
            notify(words, { kind: "warning", millis: null });
        }
    }

    #import(texts, rest) {
        this.#dialog.close();
        this.#importTexts(texts, rest);
    }

    #open() {
        if (!this.#dialog.open) {
            open(this.#dialog);
            this.#showFieldsOfType();
        }
    }

    #closed() {
        this.#camera.stop();
        this.#showCamera();
        this.#reading.textContent = "";
        byId("by-uri").reset();
        byId("hand").reset();
    }

    #take(event, data) {
        if (document.querySelector("dialog[open]:not(#adding, #importing)")) {
            return;
        }
        const files = [...data.files];
        const pasted = data.getData("text/plain");
        const importing = byId("importing").open;
        if (files.length > 0) {
            event.preventDefault();
            if (!importing && files.length === 1 && isForReader(files[0])) {
                this.#open();
                this.#takePicture(files[0]);
            } else {
                this.#dialog.close();
                this.#importFiles(files);
            }
        } else if (!event.target.closest?.("input") && hasKey(pasted)) {
            event.preventDefault();
            if (importing) {
                this.#importTexts([pasted.trim()], { unread: 0, others: 0 });
            } else {
                this.#open();
                this.#takeText(pasted, "adding.not_an_address");
            }
        }
    }

    async #takePicture(file) {
        this.#error.textContent = "";
        this.#reading.textContent = text("adding.reading");
        try {
            await this.#takeTexts(await readPicture(file));
        } catch (error) {
            if (!(error instanceof PictureRefused)) {
                throw error;
            }
            this.#refuse(text(`picture.${error.reason}`));
        } finally {
            this.#reading.textContent = "";
        }
    }

    async #toggleCamera() {
        this.#error.textContent = "";
        if (this.#camera.isOn) {
            this.#camera.stop();
            this.#showCamera();
            return;
        }
        try {
            const looking = this.#camera.look();
            this.#showCamera(true);
            const found = await looking;
            this.#showCamera();
            if (found) {
                this.#takeText(found, "picture.not_an_account");
            }
        } catch (error) {
            this.#showCamera();
            if (!(error instanceof CameraRefused)) {
                throw error;
            }
            this.#refuse(text(error.reason));
        }
    }

    #showCamera(on = false) {
        byId("camera").textContent = text(on ? "adding.cameraOff" : "adding.camera");
        this.#reading.textContent = on ? text("adding.looking") : "";
    }

    #byHand() {
        const type = byId("hand-type").value;
        const account = { issuer: byId("hand-issuer").value.trim(), account: byId("hand-account").value.trim(), secret: byId("hand-secret").value, type };
        if (type !== "steam") {
            Object.assign(account, { algorithm: byId("hand-algorithm").value, digits: Number(byId("hand-digits").value) });
        }
        if (type === "totp") {
            account.period = Number(byId("hand-period").value);
        }
        if (type === "hotp") {
            account.counter = Number(byId("hand-counter").value);
        }
        return account;
    }

    #showFieldsOfType() {
        const type = byId("hand-type").value;
        this.#dialog.querySelectorAll("[data-of]").forEach((field) => {
            field.hidden = !field.dataset.of.split(" ").includes(type);
            field.querySelectorAll("input, select").forEach((input) => (input.disabled = field.hidden));
        });
    }

    async #store(account) {
        this.#error.textContent = "";
        try {
            const stored = await this.#api.add(account);
            this.#dialog.close();
            await this.#added(stored.secretName);
            this.#tell(stored);
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            this.#refuse(error.words);
        }
    }

    #tell({ secretName, issuer, accountName, notes = [] }) {
        const note = NOTES.find((known) => notes.includes(known)) ?? "added";
        const words = text(`adding.${note}`, { name: nameOf({ issuer, account: accountName }) });
        const remove = { label: text("adding.remove"), run: () => this.#remove(secretName) };
        notify(words, { kind: note === "own_second_factor" ? "warning" : "info", action: REMOVABLE.includes(note) ? remove : null });
    }

    #refuse(words) {
        this.#error.textContent = words;
    }
}

/** Whether the file is a picture, or a document that users mistake for one; the reader then explains that. */
function isForReader(file) {
    return file.type.startsWith("image/") || file.type === "application/pdf";
}
