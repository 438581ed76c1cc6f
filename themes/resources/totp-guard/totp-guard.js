// What is asked of the user works without this file; it makes some things easier.

// A form that is sent twice, by a double click or a second Enter, would use its code up and then show the answer to the second
// request, which is an expired page. So a form goes once, until something else is entered or the page is shown again from
// the browser's history.
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

// A button that copies the key without its spaces. Browsers offer the clipboard on secure pages only (https, localhost);
// elsewhere the button stays hidden.
const key = document.getElementById("totp-guard-key");
const button = document.getElementById("totp-guard-copy");
const result = document.getElementById("totp-guard-copy-result");

if (key && button && result && navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", async () => {
        // Emptied first, so that a second copy is announced as well.
        result.textContent = "";
        try {
            await navigator.clipboard.writeText(key.textContent.replace(/\s/g, ""));
            result.textContent = button.dataset.copied;
        } catch {
            result.textContent = button.dataset.failed;
        }
    });
}

// Backup codes: three ways to keep them. The file is made here, so that the codes travel no second time.
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
        // Line ends that every editor knows.
        const text = [list.dataset.heading, "", ...codes, "", list.dataset.note, ""].join("\r\n");
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
        link.download = list.dataset.fileName;
        link.click();
        URL.revokeObjectURL(link.href);
    });
}

// Keycloak's link to the other ways of signing in is inline script, which a strict Content-Security-Policy blocks.
// Where it is allowed to run first (the old theme's onclick), it has prevented the default action already.
document.getElementById("try-another-way")?.addEventListener("click", (event) => {
    const form = document.getElementById("kc-select-try-another-way-form");
    if (form && !event.defaultPrevented) {
        event.preventDefault();
        form.requestSubmit();
    }
});
