package io.github.totpguard.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BoundFlows;
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
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in the themes and under the policies that realms use. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Themes")
final class ThemesIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @ParameterizedTest(name = "theme {0}")
    @DisplayName("a user enrols and logs in with every theme, even with one without any of Keycloak's macros")
    @ValueSource(strings = {"keycloak.v2", "keycloak", "bare"})
    void everyTheme(String theme, Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("themes")
                .settings(settings -> settings.setLoginTheme(theme))
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        PhoneApp phone = enrol(realm, window, clock, "setup-theme-" + theme);
        assertThat(window.problems()).isEmpty();
        BrowserWindow second = browser.open();
        logIn(realm, second, phone, clock, "code-theme-" + theme);
        assertThat(second.problems()).isEmpty();
    }

    @Test
    @Tag("S18")
    @DisplayName("the pages need no more than script-src 'self'; style-src 'self'; img-src 'self'")
    void strictPolicy(Realms realms, TestClock clock, TestBrowser browser) {
        // LoginPagesTest checks that our pages have no inline script. Here they must work if inline scripts are
        // blocked.
        TestRealm realm = realms.guarded("themes")
                .settings(settings -> {
                    settings.setLoginTheme("bare");
                    Map<String, String> headers = new HashMap<>();
                    headers.put(
                            "contentSecurityPolicy",
                            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'");
                    settings.setBrowserSecurityHeaders(headers);
                })
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        PhoneApp phone = enrol(realm, window, clock, "setup-strict");
        BrowserWindow second = browser.open();
        logIn(realm, second, phone, clock, "code-strict");
        assertThat(notKeycloaksOwn(window)).isEmpty();
        assertThat(notKeycloaksOwn(second)).isEmpty();
    }

    @Test
    @Tag("W2")
    @DisplayName("German users see German, dark pages are dark, and small screens do not scroll sideways")
    void looks(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("themes")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de", "ar"));
                    settings.setDefaultLocale("en");
                })
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);

        codePage(realm, browser.open(Look.USUAL.in("de")), "code-de");
        BrowserWindow german = codePage(realm, browser.open(Look.USUAL.in("de").narrow()), "code-de-narrow");
        assertThat(german.page().locator("h1").first().innerText()).isEqualTo("Einmalcode eingeben");
        assertThat(german.page().locator("label[for=otp]").innerText()).contains("Einmalcode");
        assertThat((Boolean) german.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        codePage(realm, browser.open(Look.USUAL), "code-light");
        codePage(realm, browser.open(Look.USUAL.dark()), "code-dark");
        BrowserWindow arabic = codePage(realm, browser.open(Look.USUAL.in("ar").narrow()), "code-rtl");
        assertThat(arabic.page().locator("html").getAttribute("dir")).isEqualTo("rtl");
    }

    @Test
    @Tag("W2")
    @DisplayName(
            "the hint after two wrong codes and the reset page work dark, German, right to left and on a small phone")
    void hintAndReset(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("themes")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de", "ar"));
                    settings.setDefaultLocale("en");
                    settings.setResetPasswordAllowed(true);
                })
                .policy("maxFailures", 100)
                .then(BoundFlows::resetWithoutMail)
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        PhoneApp phone = PhoneApp.type(SECRET);
        Map<String, Look> looks = Map.of(
                "dark", Look.USUAL.dark(),
                "de-narrow", Look.USUAL.in("de").narrow(),
                "rtl", Look.USUAL.in("ar").narrow());
        looks.forEach((name, look) -> {
            BrowserWindow window = codePage(realm, browser.open(look), "code-" + name);
            CodePage code = new CodePage(window.page());
            code.enter(phone.wrongCode(clock));
            code.awaitRefusal().enter(phone.wrongCode(clock));
            window.page().locator("#totp-guard-code-hint").waitFor();
            window.screenshot("hint-" + name);
            assertFits(window);

            BrowserWindow reset = browser.open(look).go(OidcLogin.to(realm));
            new LoginPage(reset.page()).forgotPassword("bob");
            new CodePage(reset.page()).await();
            reset.screenshot("reset-" + name);
            assertFits(reset);
        });
    }

    private static void assertFits(BrowserWindow window) {
        assertThat((Boolean) window.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    /**
     * The problems without Keycloak's own: its login form has an onsubmit, and it puts a script into every page that
     * answers a form.
     */
    private static List<String> notKeycloaksOwn(BrowserWindow window) {
        return window.problems().stream()
                .filter(problem -> !problem.matches("(?s)Executing inline (event handler|script) violates .*"))
                .toList();
    }

    private static BrowserWindow codePage(TestRealm realm, BrowserWindow window, String screenshot) {
        window.go(OidcLogin.to(realm));
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await();
        window.screenshot(screenshot);
        return window;
    }

    private static PhoneApp enrol(TestRealm realm, BrowserWindow window, TestClock clock, String screenshot) {
        OidcLogin login = OidcLogin.to(realm);
        window.go(login);
        new LoginPage(window.page()).logIn("alice");
        SetupPage setup = new SetupPage(window.page()).await();
        window.screenshot(screenshot);
        PhoneApp phone = PhoneApp.scan(setup.uriFromScreenshot());
        setup.enter(phone.code(clock));
        login.claims();
        return phone;
    }

    private static void logIn(
            TestRealm realm, BrowserWindow window, PhoneApp phone, TestClock clock, String screenshot) {
        clock.advance(Duration.ofSeconds(60));
        OidcLogin login = OidcLogin.to(realm);
        window.go(login);
        new LoginPage(window.page()).logIn("alice");
        CodePage code = new CodePage(window.page()).await();
        window.screenshot(screenshot);
        code.enter(phone.wrongCode(clock));
        code.awaitRefusal().enter(phone.code(clock));
        login.claims();
    }
}
