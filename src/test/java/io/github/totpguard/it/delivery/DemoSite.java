package io.github.totpguard.it.delivery;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;

/** The demo's site in a browser: users, application, mails, one-time codes. */
final class DemoSite {

    private final Page page;
    private final URI site;

    DemoSite(Page page, URI site) {
        this.page = page;
        this.site = site;
    }

    DemoSite open(String path) {
        page.navigate(site.resolve(path).toString());
        return this;
    }

    /** Presses a button of the application, such as {@code sign-in} or {@code step-up}. */
    DemoSite press(String id) {
        page.click("#" + id);
        return this;
    }

    /** The value of a claim, as the application shows it; waits until a user is signed in. */
    String claim(String name) {
        return page.locator("#claim-" + name).innerText();
    }

    /** Waits until the application knows no user. */
    DemoSite awaitSignedOut() {
        page.locator("#sign-in").waitFor();
        return this;
    }

    /** The sentence that says whether the lock of carol holds. */
    Locator lockState() {
        return page.locator("#lock-state");
    }

    /** Opens the lock, or begins one: the button offers what is possible. */
    DemoSite changeLock() {
        String before = lockState().innerText();
        page.locator("#user-carol button").click();
        page.waitForFunction("before => document.getElementById('lock-state')?.textContent !== before", before);
        return this;
    }

    /** The mails to an address, the newest first. */
    Locator mailsTo(String address) {
        return page.locator("article.mail", new Page.LocatorOptions().setHasText(address));
    }

    DemoSite newKey() {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("New key"))
                .click();
        page.locator("#qr").waitFor();
        return this;
    }

    /** The current code of the key on the page for one-time codes. */
    String shownCode() {
        return page.locator("#code").innerText();
    }

    /** Checks a code, and returns what the page says of it. */
    String check(String code) {
        page.fill("input[name=code]", code);
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Show or check"))
                .click();
        return page.locator("#says").innerText();
    }
}
