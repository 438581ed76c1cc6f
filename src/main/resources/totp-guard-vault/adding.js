// Adding an account: by a picture that is pasted, dropped or chosen, by the camera, by its address, by hand.

import { nameOf } from "./account-row.js";
import { ApiError } from "./api.js";
import { Camera, CameraRefused } from "./camera.js";
import { byId, open } from "./dom.js";
import { notify } from "./notices.js";
import { PictureRefused } from "./picture.js";
import { readPicture } from "./qr.js";
import { text } from "./texts.js";

const ACCOUNT = /^\s*otpauth:\/\//i;
const MIGRATION = /^\s*otpauth-migration:\/\//i;

/** The gravest first: only one of them is told. */
const NOTES = [
    ["own_second_factor", "adding.own_second_factor"],
    ["duplicate", "adding.duplicate"],
    ["weak_secret", "adding.weak_secret"],
];

export class Adding {
    #api;
    #added;
    #remove;
    #importTexts;
    #dialog = byId("adding");
    #error = byId("adding-error");
    #reading = byId("reading");
    #camera = new Camera(byId("viewfinder"));

    /**
     * @param added called when an account has been stored, @param remove with the id of one that is not wanted after all,
     * @param importTexts with the texts of QR codes that hold several accounts
     */
    constructor(api, { added, remove, importTexts }) {
        this.#api = api;
        this.#added = added;
        this.#remove = remove;
        this.#importTexts = importTexts;
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
            this.takeText(byId("uri").value);
        });
        byId("hand").addEventListener("submit", (event) => {
            event.preventDefault();
            this.#store(this.#byHand());
        });
        byId("hand-type").addEventListener("change", () => this.#showFieldsOfType());
    }

    /** Pictures and addresses can be pasted and dropped anywhere, as long as nobody is in the middle of something else. */
    listen() {
        document.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
        document.addEventListener("dragover", (event) => {
            event.preventDefault();
            byId("drop").classList.add("over");
        });
        document.addEventListener("dragleave", () => byId("drop").classList.remove("over"));
        document.addEventListener("drop", (event) => {
            byId("drop").classList.remove("over");
            // Never what browsers do by themselves: leave the page for the file.
            event.preventDefault();
            this.#take(event, event.dataTransfer);
        });
    }

    /** The text of a QR code, or what somebody typed. */
    takeText(found) {
        if (MIGRATION.test(found)) {
            this.#dialog.close();
            this.#importTexts([found.trim()]);
        } else if (ACCOUNT.test(found)) {
            this.#store({ uri: found.trim() });
        } else {
            this.#refuse(text("picture.not_an_account"));
        }
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
        if (document.querySelector("dialog[open]:not(#adding)")) {
            return;
        }
        const [file] = data.files;
        const pasted = data.getData("text/plain");
        if (file) {
            event.preventDefault();
            this.#open();
            this.#takePicture(file);
        } else if (!event.target.closest?.("input") && (ACCOUNT.test(pasted) || MIGRATION.test(pasted))) {
            event.preventDefault();
            this.#open();
            this.takeText(pasted);
        }
    }

    async #takePicture(file) {
        this.#error.textContent = "";
        this.#reading.textContent = text("adding.reading");
        try {
            this.takeText(await readPicture(file));
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
                this.takeText(found);
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
        const [note, key] = NOTES.find(([known]) => notes.includes(known)) ?? ["none", "adding.added"];
        const words = text(key, { name: nameOf({ issuer, account: accountName }) });
        const remove = { label: text("adding.remove"), run: () => this.#remove(secretName) };
        notify(words, { kind: note === "own_second_factor" ? "warning" : "info", action: note === "own_second_factor" || note === "duplicate" ? remove : null });
    }

    #refuse(words) {
        this.#error.textContent = words;
    }
}
