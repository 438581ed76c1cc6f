// The pages work without this file; it makes some tasks easier.

// If a form is sent twice, by a double click or a second Enter, the first request uses up the code, and the browser shows the answer to the
// second request: an expired page. Therefore a form is sent only once, until the user changes an input or the page is shown again from the
// browser's history.
const sent = new WeakSet();

for (const form of document.querySelectorAll(".totp-guard form, form.totp-guard")) {
    form.addEventListener("submit", (event) => {
        if (sent.has(form)) {
            event.preventDefault();
        }
        sent.add(form);
    });
    form.addEventListener("input", () => sent.delete(form));
    window.addEventListener("pageshow", () => sent.delete(form));
}

// A button that copies the key without its spaces. Browsers allow access to the clipboard only on secure pages (https, localhost).
// Elsewhere the button stays hidden.
const key = document.getElementById("totp-guard-key");
const button = document.getElementById("totp-guard-copy");
const result = document.getElementById("totp-guard-copy-result");

if (key && button && result && navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", async () => {
        // The text is emptied first, so that a second copy is announced as well.
        result.textContent = "";
        try {
            await navigator.clipboard.writeText(key.textContent.replace(/\s/g, ""));
            result.textContent = button.dataset.copied;
        } catch {
            result.textContent = button.dataset.failed;
        }
    });
}

// The set-up page. Without this file the key is visible, the code is sent by the button, and the focus is not moved.
const setupForm = document.getElementById("totp-guard-setup-form");
const manual = document.getElementById("totp-guard-manual");

if (manual && !manual.dataset.keepOpen) {
    manual.open = false;
}

// A theme may have a set-up page of its own, without the parts that the script needs.
if (setupForm?.elements.code && setupForm.elements.label) {
    // The width from which the style sheet shows the QR code first.
    if (setupForm.dataset.focusCode && window.matchMedia("(min-width: 768px)").matches) {
        setupForm.elements.code.focus({ preventScroll: true });
    }
    keepName(setupForm);
    sendPastedCode(setupForm);
}

// A change of the language loads the page anew. The name that was typed is kept in this browser tab until the form is sent. It is bound to
// the login, so that it does not appear in the login of another user. A browser that blocks storage throws an exception.
function keepName(form) {
    const item = "totpGuard.deviceName";
    const field = form.elements.label;
    const login = new URL(form.action).searchParams.get("tab_id");
    try {
        const kept = JSON.parse(sessionStorage.getItem(item));
        if (kept && kept.login === login && typeof kept.name === "string") {
            field.value = kept.name;
        }
        field.addEventListener("input", () => {
            sessionStorage.setItem(item, JSON.stringify({ login, name: field.value }));
        });
        form.addEventListener("submit", () => sessionStorage.removeItem(item));
    } catch {
        // The suggested name is shown.
    }
}

// A code that is pasted or filled in by the browser is complete, so it is sent after a moment. The user can stop that: with the button, with
// Escape, or by going to another field. A typed code is never sent by itself: a screen reader user would not expect that. Events of other
// scripts (isTrusted is false) do not count: password managers send the form themselves.
function sendPastedCode(form) {
    const delay = 1500;
    const field = form.elements.code;
    const digits = Number(field.dataset.digits);
    const sending = document.getElementById("totp-guard-sending");
    const wait = document.getElementById("totp-guard-wait");
    const note = document.getElementById("input-note-code");
    let timer = 0;

    if (!digits || !sending || !wait || !note) {
        return;
    }

    function stop() {
        clearTimeout(timer);
        sending.textContent = "";
        wait.hidden = true;
    }

    // iOS fills a code in as if it were typed, all digits in one event.
    function isWhole(event) {
        const atOnce =
            !event.inputType ||
            event.inputType === "insertFromPaste" ||
            event.inputType === "insertReplacementText" ||
            (event.inputType === "insertText" && event.data?.length >= digits);
        const code = field.value.replace(/[\s-]/g, "");
        return event.isTrusted && atOnce && code.length === digits && /^[0-9]+$/.test(code);
    }

    note.hidden = false;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby")} ${note.id}`);
    field.addEventListener("input", (event) => {
        stop();
        if (isWhole(event)) {
            sending.textContent = sending.dataset.sending;
            wait.hidden = false;
            wait.scrollIntoView({ block: "nearest" });
            timer = setTimeout(() => form.requestSubmit(document.getElementById("totp-guard-submit")), delay);
        }
    });
    wait.addEventListener("click", () => {
        field.focus();
        stop();
    });
    form.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            stop();
        }
    });
    form.addEventListener("focusin", (event) => {
        if (event.target !== field && event.target !== wait) {
            stop();
        }
    });
    form.addEventListener("submit", stop);
    window.addEventListener("pageshow", stop);
}

// Backup codes: three ways to save them. The file is created here, so that the codes are not transmitted again.
const list = document.getElementById("totp-guard-backup-codes");

function offer(id, action) {
    const tool = document.getElementById(id);
    if (tool) {
        tool.hidden = false;
        tool.addEventListener("click", action);
    }
}

if (list) {
    const codes = [...list.querySelectorAll("li")].map((item) => item.textContent.trim());
    const copyResult = document.getElementById("totp-guard-copy-codes-result");
    if (navigator.clipboard && copyResult) {
        offer("totp-guard-copy-codes", async () => {
            copyResult.textContent = "";
            try {
                await navigator.clipboard.writeText(codes.join("\n"));
                copyResult.textContent = copyResult.dataset.copied;
            } catch {
                copyResult.textContent = copyResult.dataset.failed;
            }
        });
    }
    offer("totp-guard-print-codes", () => window.print());
    offer("totp-guard-download-codes", () => {
        // CRLF line ends, which every editor supports.
        const text = [list.dataset.heading, "", ...codes, "", list.dataset.note, ""].join("\r\n");
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
        link.download = list.dataset.fileName;
        link.click();
        URL.revokeObjectURL(link.href);
    });
}

// The locked page: the end of the lock in the browser's own time, a countdown, and a button that becomes active when the lock is over.
const lock = document.getElementById("totp-guard-locked");
const retry = document.getElementById("totp-guard-retry");

if (lock?.dataset.until && retry) {
    countDown(lock.dataset, retry);
}

function countDown(texts, button) {
    const end = Date.now() + timeLeft(Number(texts.until) * 1000 - Date.now(), Number(texts.minutes) * 60_000);
    const until = document.getElementById("totp-guard-locked-until");
    const wait = document.getElementById("totp-guard-locked-wait");
    const countdown = document.getElementById("totp-guard-countdown");
    const status = document.getElementById("totp-guard-locked-status");
    const time = document.getElementById("totp-guard-countdown-time");
    // A minute is announced once, when it begins, and only a few are: a screen reader must stay usable in a long lock.
    const announced = [30, 10, 5, 1].filter((minutes) => minutes * 60_000 < end - Date.now());

    until.textContent = timeOfDay(end);
    countdown.hidden = false;
    // The countdown replaces this text for the eye. The text stays part of the alert that is read when the page opens.
    wait.classList.add("totp-guard-spoken");
    button.disabled = true;

    const show = () => {
        const left = end - Date.now();
        if (left <= 0) {
            window.clearInterval(timer);
            countdown.hidden = true;
            wait.hidden = true;
            button.disabled = false;
            status.textContent = texts.textOver;
            return;
        }
        time.textContent = duration(Math.ceil(left / 1000));
        while (announced.length > 0 && left <= announced[0] * 60_000) {
            const minutes = announced.shift();
            status.textContent = minutes === 1 ? texts.textMinute : texts.textMinutes.replace("{0}", minutes);
        }
    };
    const timer = window.setInterval(() => show(), 1000);
    show();
}

// Milliseconds until the end of the lock. The server says the end, and how many minutes are left, rounded up. If this device's clock does
// not agree with the minutes, the clock is wrong, and the minutes count: then the wait is at most a minute too long.
function timeLeft(byClock, atMost) {
    const tolerated = 10_000;
    return byClock <= atMost && byClock > atMost - 60_000 - tolerated ? byClock : atMost;
}

// The time of day in the language of the page, rounded up to a minute; with the date if it is many hours away.
function timeOfDay(end) {
    const options = end - Date.now() > 12 * 3_600_000 ? { dateStyle: "medium", timeStyle: "short" } : { timeStyle: "short" };
    const minute = new Date(Math.ceil(end / 60_000) * 60_000);
    try {
        return new Intl.DateTimeFormat(document.documentElement.lang || undefined, options).format(minute);
    } catch {
        // A theme may have a language tag that the browser does not accept.
        return new Intl.DateTimeFormat(undefined, options).format(minute);
    }
}

// 59 becomes 0:59, and 3661 becomes 1:01:01.
function duration(seconds) {
    const pad = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    const rest = pad(seconds % 60);
    return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}

// Keycloak's link to the other ways of signing in uses inline script, which a strict Content-Security-Policy blocks. If the inline script
// is allowed to run first (the old theme's onclick), it has already prevented the default action.
document.getElementById("try-another-way")?.addEventListener("click", (event) => {
    const form = document.getElementById("kc-select-try-another-way-form");
    if (form && !event.defaultPrevented) {
        event.preventDefault();
        form.requestSubmit();
    }
});
