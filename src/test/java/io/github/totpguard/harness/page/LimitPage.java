package io.github.totpguard.harness.page;

import com.microsoft.playwright.Page;

/** The page that adds no device because the user has enough of them. */
public final class LimitPage {

    private final Page page;

    public LimitPage(Page page) {
        this.page = page;
    }

    /** Waits until the page is there. */
    public LimitPage await() {
        page.locator("#totp-guard-limit-form").waitFor();
        return this;
    }

    public String reason() {
        return page.locator("#totp-guard-limit-reason").innerText();
    }

    public void goOn() {
        page.locator("#totp-guard-continue").click();
    }
}
