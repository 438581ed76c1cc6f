package io.github.totpguard.harness.page;

import com.microsoft.playwright.Page;

/** The page that refuses another device because the user has reached the limit. */
public final class LimitPage {

    private final Page page;

    public LimitPage(Page page) {
        this.page = page;
    }

    /** Waits until the page is shown. */
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
