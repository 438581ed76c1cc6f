package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.assertSame;
import static io.github.totpguard.it.setup.SetupSteps.languages;
import static io.github.totpguard.it.setup.SetupSteps.secretOf;
import static io.github.totpguard.it.setup.SetupSteps.setupOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.SetupPage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The content of the page: its QR code and its key, on small screens and in other languages. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The page of a set-up")
final class SetupPageIT {
    /** Elements of ours that reach beyond the window. Keycloak's own tooltip does too, but is not ours. */
    private static final String OUTSIDE =
            """
            () => [...document.querySelectorAll('.totp-guard, .totp-guard *')]
                    .filter(e => e.getBoundingClientRect().width > 1)
                    .filter(e => {
                        const box = e.getBoundingClientRect();
                        return box.right > document.documentElement.clientWidth + 0.5 || box.left < -0.5;
                    })
                    .map(e => e.tagName + '#' + e.id + '.' + e.className)
            """;

    /** Controls of ours that are smaller than the 24 pixels of WCAG. */
    private static final String TOO_SMALL =
            """
            () => [...document.querySelectorAll('.totp-guard :is(a, button, input:not([type=checkbox]))')]
                    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24)
                    .map(e => e.tagName + '#' + e.id)
            """;

    @Test
    @Tag("S31")
    @Tag("W4")
    @DisplayName("the dense QR code of long names and a long key can be read, even on a small phone")
    void denseCode(Realms realms, TestBrowser browser) {
        TestRealm realm = realmOfLongNames(realms);
        for (Look look : List.of(Look.USUAL, Look.USUAL.narrow())) {
            SetupPage setup = setupOf(browser.open(look).go(OidcLogin.to(realm)), "alice");
            assertSame(setup.uriFromScreenshot(), setup.uriFromLink());
        }
    }

    @Test
    @Tag("W1")
    @DisplayName("the copy button copies the key without its spaces and says so")
    void copyKey(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
        assertThat(setup.copyKey()).isEqualTo("Key copied.");
        Object copied = window.page().evaluate("() => navigator.clipboard.readText()");
        assertSame((String) copied, secretOf(setup.uriFromLink()));
        assertThat(setup.key().matches("([A-Z2-7]{4} )+[A-Z2-7]{1,4}"))
                .as("the key is shown in groups of four")
                .isTrue();
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("W4")
    @DisplayName("the QR code can be read on a light page, on a dark one and on a small phone")
    void looks(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> settings.setDisplayName("Example Inc."))
                .create();
        realm.addUser("alice");
        Map<String, Look> looks =
                Map.of("setup-light", Look.USUAL, "setup-dark", Look.USUAL.dark(), "setup-narrow", Look.USUAL.narrow());
        looks.forEach((name, look) -> {
            BrowserWindow window = browser.open(look);
            SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
            window.screenshot(name);
            assertSame(setup.uriFromScreenshot(), setup.uriFromLink());
            assertThat(window.problems()).isEmpty();
        });
    }

    @Test
    @Tag("W3")
    @DisplayName("on a small phone no part of the page is cut off, and every control is large enough")
    void narrow(Realms realms, TestBrowser browser) {
        TestRealm realm = realmOfLongNames(realms);
        BrowserWindow window = browser.open(Look.USUAL.narrow());
        setupOf(window.go(OidcLogin.to(realm)), "alice");
        window.screenshot("setup-narrow-long");
        assertThat(outside(window.page())).isEmpty();
        assertThat(tooSmall(window.page())).isEmpty();
    }

    @Test
    @DisplayName("the page is shown in German")
    void german(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "de"))
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        setupOf(window.go(OidcLogin.to(realm).with("ui_locales", "de")), "alice");
        window.screenshot("setup-de");
        assertThat(window.page().getByText("scannen Sie diesen QR-Code").isVisible())
                .isTrue();
        assertThat(window.page().getByLabel("Ger\u00e4tename").count()).isEqualTo(1);
    }

    @Test
    @DisplayName("in a right-to-left language the page is mirrored, but key and code are not")
    void rightToLeft(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "ar"))
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm).with("ui_locales", "ar")), "alice");
        window.screenshot("setup-rtl");
        assertThat(window.page().locator("html").getAttribute("dir")).isEqualTo("rtl");
        assertThat(setup.code().evaluate("field => getComputedStyle(field).direction"))
                .isEqualTo("ltr");
        assertThat(window.page().locator("#totp-guard-key").evaluate("key => getComputedStyle(key).direction"))
                .isEqualTo("ltr");
        assertThat(outside(window.page())).isEmpty();
        assertSame(setup.uriFromScreenshot(), setup.uriFromLink());
    }

    private static TestRealm realmOfLongNames(Realms realms) {
        TestRealm realm = realms.guarded("setup")
                .policy("issuer", "AnIssuerWithAVeryLongNameAndNoSpaceAnywhereInItAtAll")
                .otpPolicy("HmacSHA512", 8, 60, 1)
                .create();
        realm.addUser("alice");
        return realm;
    }

    private static List<?> outside(Page page) {
        return (List<?>) page.evaluate(OUTSIDE);
    }

    private static List<?> tooSmall(Page page) {
        return (List<?>) page.evaluate(TOO_SMALL);
    }
}
