// What is asked of the user works without this file; it makes two things easier.

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

// Keycloak's link to the other ways of signing in is inline script, which a strict Content-Security-Policy blocks.
// Where it is allowed to run first (the old theme's onclick), it has prevented the default action already.
document.getElementById("try-another-way")?.addEventListener("click", (event) => {
    const form = document.getElementById("kc-select-try-another-way-form");
    if (form && !event.defaultPrevented) {
        event.preventDefault();
        form.requestSubmit();
    }
});
