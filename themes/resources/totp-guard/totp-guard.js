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

// Keycloak's link to the other ways of signing in uses inline script, which a strict Content-Security-Policy blocks. If the inline script
// is allowed to run first (the old theme's onclick), it has already prevented the default action.
document.getElementById("try-another-way")?.addEventListener("click", (event) => {
    const form = document.getElementById("kc-select-try-another-way-form");
    if (form && !event.defaultPrevented) {
        event.preventDefault();
        form.requestSubmit();
    }
});
