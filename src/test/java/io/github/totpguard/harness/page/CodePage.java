package io.github.totpguard.harness.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.stream.Collectors;

/** The login page that asks for a one-time code: ours, or Keycloak's own, which has the same field. */
public final class CodePage {

    private final Page page;

    public CodePage(Page page) {
        this.page = page;
    }

    /** Waits until the page is shown. */
    public CodePage await() {
        field().waitFor();
        return this;
    }

    public void enter(String code) {
        field().fill(code);
        submit();
    }

    public void submit() {
        form().locator("[type=submit]").first().click();
    }

    /** Waits until the page is shown again with an error. */
    public CodePage awaitRefusal() {
        invalidField().waitFor();
        return this;
    }

    /**
     * The text that a screen reader reads with the refused field: hint and error, which {@code aria-describedby} refers
     * to.
     */
    public String error() {
        awaitRefusal();
        String ids = invalidField().getAttribute("aria-describedby");
        if (ids == null) {
            throw new AssertionError("no error is tied to the field by aria-describedby");
        }
        return page.locator("#" + ids.strip().replaceAll("\\s+", ", #")).allInnerTexts().stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    public Locator field() {
        return page.locator("input[name=otp]");
    }

    public Locator trustBrowser() {
        return page.locator("input[name=trustBrowser]");
    }

    /** Opens "Can't use your app?". It is open already after some wrong codes. */
    public CodePage openOtherWays() {
        if (page.locator("#totp-guard-other-ways[open]").count() == 0) {
            page.click("#totp-guard-other-ways > summary");
        }
        return this;
    }

    public Locator useBackupCode() {
        return page.locator("#totp-guard-use-backup-code");
    }

    /** The link that replaces a lost device by mail. */
    public Locator useMailLink() {
        return page.locator("#totp-guard-use-mail-link");
    }

    /** Whom to ask. */
    public Locator help() {
        return page.locator("#totp-guard-help");
    }

    public Locator locked() {
        return page.locator("#totp-guard-locked");
    }

    private Locator invalidField() {
        return page.locator("input[name=otp][aria-invalid=true]");
    }

    private Locator form() {
        return page.locator("form", new Page.LocatorOptions().setHas(field()));
    }
}
