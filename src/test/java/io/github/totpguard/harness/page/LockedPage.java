package io.github.totpguard.harness.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The page of a locked second factor. */
public final class LockedPage {

    private final Page page;

    public LockedPage(Page page) {
        this.page = page;
    }

    /** Waits until the page is shown. */
    public LockedPage await() {
        page.locator("#totp-guard-locked").waitFor();
        return this;
    }

    /** The text that is read when the page opens: why, and when to try again. */
    public String reason() {
        return page.locator("#totp-guard-locked").innerText();
    }

    /** The end of the lock, as the page says it. */
    public Locator until() {
        return page.locator("#totp-guard-locked-until");
    }

    public Locator countdown() {
        return page.locator("#totp-guard-countdown-time");
    }

    /** What is announced while the page is open. */
    public Locator status() {
        return page.locator("#totp-guard-locked-status");
    }

    public Locator retry() {
        return page.locator("#totp-guard-retry");
    }

    public Locator help() {
        return page.locator("#totp-guard-help");
    }
}
