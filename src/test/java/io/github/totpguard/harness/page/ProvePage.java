package io.github.totpguard.harness.page;

import com.microsoft.playwright.Page;

/** The page of the set-up that asks for a code of a device the user has already. */
public final class ProvePage {

    private final Page page;
    private final CodePage code;

    public ProvePage(Page page) {
        this.page = page;
        this.code = new CodePage(page);
    }

    /** Waits until the page is there. */
    public ProvePage await() {
        page.locator("#totp-guard-prove-form").waitFor();
        return this;
    }

    public void enter(String codeOfPresentDevice) {
        code.enter(codeOfPresentDevice);
    }

    /** What a screen reader says with the refused field. */
    public String error() {
        return code.error();
    }
}
