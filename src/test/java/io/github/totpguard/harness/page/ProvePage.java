package io.github.totpguard.harness.page;

import com.microsoft.playwright.Page;

/** The set-up page that asks for a code of a device that the user already has. */
public final class ProvePage {

    private final Page page;
    private final CodePage code;

    public ProvePage(Page page) {
        this.page = page;
        this.code = new CodePage(page);
    }

    /** Waits until the page is shown. */
    public ProvePage await() {
        page.locator("#totp-guard-prove-form").waitFor();
        return this;
    }

    public void enter(String codeOfPresentDevice) {
        code.enter(codeOfPresentDevice);
    }

    /** The text that a screen reader reads with the refused field. */
    public String error() {
        return code.error();
    }
}
