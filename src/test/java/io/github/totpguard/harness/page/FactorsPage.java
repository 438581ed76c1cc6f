package io.github.totpguard.harness.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/** The page of a user's own second factors, for a user who has signed in. */
public final class FactorsPage {
    private final Page page;

    public FactorsPage(Page page) {
        this.page = page;
    }

    /** Waits until the second factors are shown. */
    public FactorsPage await() {
        page.locator("#factors:not([hidden])").waitFor();
        return this;
    }

    /** The names in one of the lists: {@code device}, {@code code}, {@code key}, {@code browser}, {@code attempt}. */
    public List<String> names(String list) {
        return page.locator("#" + list + "-list strong").allInnerTexts();
    }

    /** Everything that one of the lists says. */
    public List<String> rows(String list) {
        return page.locator("#" + list + "-list > li").allInnerTexts();
    }

    /** Presses a button by its accessible name, such as {@code Rename Blue phone}. */
    public void press(String name) {
        page.locator("button[aria-label=\"" + name + "\"]").click();
    }

    public void add() {
        page.click("#device-add");
    }

    public void setUpFirst() {
        page.click("#first-add");
    }

    public void makeCodes() {
        page.click("#codes-make");
    }

    /** The notice about the action from which the user returned. */
    public String notice() {
        Locator notice = page.locator(".notice p");
        notice.first().waitFor();
        return notice.last().innerText();
    }

    /** The links to the other pages; empty if they are not shown. */
    public List<String> links() {
        return page.locator("#pages a:visible").allInnerTexts();
    }

    /** What stands above the recent attempts. */
    public String aboutAttempts() {
        return page.locator("#attempts > p").first().innerText();
    }
}
