package io.github.totpguard.harness.page;

import com.microsoft.playwright.Page;

/** Keycloak's own pages for a security key: login and registration. */
public final class KeyPage {

    private final Page page;

    public KeyPage(Page page) {
        this.page = page;
    }

    /** Registers the key; the page asks for its name in a dialog. */
    public void register(String label) {
        page.onceDialog(dialog -> dialog.accept(label));
        press("#registerWebAuthn");
    }

    /** Logs in with the key. */
    public void use() {
        press("#authenticateWebAuthnButton");
    }

    /** The page's modules make the button work. A press before they have loaded would be lost. */
    private void press(String button) {
        page.locator(button).waitFor();
        page.waitForLoadState();
        page.click(button);
    }
}
