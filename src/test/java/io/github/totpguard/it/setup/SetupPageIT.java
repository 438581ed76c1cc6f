package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.assertSame;
import static io.github.totpguard.it.setup.SetupSteps.languages;
import static io.github.totpguard.it.setup.SetupSteps.secretOf;
import static io.github.totpguard.it.setup.SetupSteps.setupOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.SetupPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in the browser: its QR code and its key, what its script does, small screens and other languages. */
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
            () => [...document.querySelectorAll('.totp-guard :is(a, button, summary, input:not([type=checkbox]))')]
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
        setupOf(window.go(OidcLogin.to(realm)), "alice").openManual();
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
        assertThat(window.page().locator("#totp-guard-how").innerText()).contains("Scannen Sie diesen QR-Code");
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

    @Test
    @Tag("W3")
    @DisplayName("on a desktop the whole task is on the screen: QR code, code with the focus, and the button")
    void onOneScreen(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> {
                    settings.setDisplayName("Example Inc.");
                    languages(settings, "en", "de");
                })
                .create();
        realm.addUser("alice");
        for (String language : List.of("en", "de")) {
            BrowserWindow window = browser.open(Look.USUAL.in(language));
            SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
            assertThat(setup.code().evaluate("field => document.activeElement === field"))
                    .isEqualTo(true);
            assertThat(setup.isManualOpen()).isFalse();
            assertThat(setup.openInApp().isVisible()).isFalse();
            assertThat((Boolean) window.page().evaluate("scrollY === 0"))
                    .as("the focus has not scrolled the page")
                    .isTrue();
            assertThat(bottom(setup.submit())).as("the button in " + language).isLessThanOrEqualTo(900);
            window.screenshot("setup-one-screen-" + language);
            assertThat(window.problems()).isEmpty();
        }
    }

    @Test
    @Tag("W3")
    @DisplayName("on a small phone the button that opens an app comes first, and the task takes two screens")
    void onAPhone(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        BrowserWindow window = browser.open(Look.USUAL.narrow());
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
        assertThat(bottom(setup.openInApp())).isLessThan(top(setup.qr()));
        assertThat((Boolean) setup.openInApp()
                        .evaluate("link => link.getBoundingClientRect().width"
                                + " === document.querySelector('.totp-guard-scan').getBoundingClientRect().width"))
                .as("a button as wide as the page")
                .isTrue();
        assertThat(setup.code().evaluate("field => document.activeElement === field"))
                .as("a focus would scroll past the button")
                .isEqualTo(false);
        assertThat(bottom(setup.submit())).isLessThanOrEqualTo(2 * 640);
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("W4")
    @DisplayName("without JavaScript the key is shown, and the code is sent by the button")
    void withoutJavaScript(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open(Look.USUAL.withoutJavaScript());
        SetupPage setup = setupOf(window.go(login), "alice");
        window.screenshot("setup-without-script");
        assertThat(setup.isManualOpen()).isTrue();
        assertThat(window.page().locator("#input-note-code").isVisible()).isFalse();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock));
        login.claims();
    }

    @Test
    @DisplayName("unusual parameters are shown at once, because the user has to compare them")
    void unusualParameters(Realms realms, TestBrowser browser) {
        TestRealm realm = realmOfLongNames(realms);
        SetupPage setup = setupOf(browser.open().go(OidcLogin.to(realm)), "alice");
        assertThat(setup.isManualOpen()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pasted", "filled in"})
    @Tag("W1")
    @DisplayName("a code that comes in one piece is sent by itself: pasted, or filled in by a phone's keyboard")
    void inOnePiece(String how, Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        SetupPage setup = setupOf(window.go(login), "alice");
        String code = PhoneApp.scan(setup.uriFromLink()).code(clock);
        if (how.equals("pasted")) {
            setup.paste(code.substring(0, 3) + " " + code.substring(3));
        } else {
            setup.code().focus();
            window.page().keyboard().insertText(code);
        }
        login.claims();
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("W3")
    @DisplayName("a pasted code can be stopped, with the button, with Escape or by going on to the name; a typed code, "
            + "a part of a code and a code that a script enters are never sent by themselves")
    void notSentByItself(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        BrowserWindow window = browser.open();
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Page page = window.page();
        page.clock().install();
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
        String code = PhoneApp.scan(setup.uriFromLink()).code(clock);
        // From here on the page's time stands still, so that a slow machine does not send the code before the stop.
        page.clock().pauseAt(((Number) page.evaluate("Date.now() + 60000")).longValue());

        Map<String, Runnable> stops = new LinkedHashMap<>();
        stops.put("button", () -> setup.waitButton().click());
        stops.put("Escape", () -> page.keyboard().press("Escape"));
        stops.put("name", () -> setup.label().focus());
        stops.forEach((name, stop) -> {
            setup.code().clear();
            setup.paste(code);
            setup.waitButton().waitFor();
            stop.run();
            assertStays(setup, page, code, name);
        });
        setup.code().clear();
        setup.code().pressSequentially(code);
        assertStays(setup, page, code, "typed");
        setup.code().clear();
        setup.code()
                .evaluate("(field, code) => { field.value = code; field.dispatchEvent(new Event('input')); }", code);
        assertStays(setup, page, code, "entered by a script");
        setup.code().clear();
        setup.paste(code.substring(1));
        assertStays(setup, page, code.substring(1), "too short");
        assertThat(realm.credentials(alice, "otp")).isEmpty();
    }

    private static void assertStays(SetupPage setup, Page page, String code, String how) {
        page.clock().runFor(10_000);
        assertThat(setup.waitButton().isVisible()).as(how).isFalse();
        assertThat(setup.code().inputValue()).as(how).isEqualTo(code);
    }

    @Test
    @Tag("W2")
    @DisplayName("the name that the user has typed survives a change of the language, before and after a wrong code; "
            + "the suggested name changes with the language")
    void nameInAnotherLanguage(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "de"))
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
        assertThat(setup.label().inputValue()).isEqualTo("Authenticator app");
        chooseLanguage(window.page(), "de");
        assertThat(setup.await().label().inputValue()).isEqualTo("Authenticator-App");

        setup.label().fill("My phone");
        chooseLanguage(window.page(), "en");
        assertThat(setup.await().label().inputValue()).isEqualTo("My phone");

        setup.enter(PhoneApp.scan(setup.uriFromLink()).wrongCode(clock), "My blue phone");
        setup.codeError();
        chooseLanguage(window.page(), "de");
        assertThat(setup.await().label().inputValue()).isEqualTo("My blue phone");
        assertThat(window.problems()).isEmpty();
    }

    private static void chooseLanguage(Page page, String tag) {
        Locator menu = page.locator("#login-select-toggle");
        menu.selectOption(menu.locator("option[value*='kc_locale=" + tag + "']").getAttribute("value"));
        page.locator("html[lang=" + tag + "]").waitFor();
    }

    private static double top(Locator element) {
        return element.boundingBox().y;
    }

    private static double bottom(Locator element) {
        return element.boundingBox().y + element.boundingBox().height;
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
