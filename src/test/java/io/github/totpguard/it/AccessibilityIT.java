package io.github.totpguard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.it.pages.CodePage;
import io.github.totpguard.it.pages.LoginPage;
import io.github.totpguard.it.pages.SetupPage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page of ours in every look, judged by axe, and the ways through them without a mouse. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Accessibility")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessibilityIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private TestRealm realm;

    @BeforeAll
    void realm(Realms realms) {
        realm = realms.guarded("access")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                    settings.setDefaultLocale("en");
                    settings.setResetPasswordAllowed(true);
                })
                .policy("lockSeconds", 3600)
                .policy("maxLockSeconds", 3600)
                .policy("maxDevices", 1)
                .then(ResetIT::askInReset)
                .create();
    }

    @ParameterizedTest(name = "in {0}")
    @DisplayName("W2 the pages of a login: asking, refusing, with the hint, locked")
    @ValueSource(strings = {"en", "de"})
    void login(String language, TestClock clock, TestBrowser browser) {
        String bob = "bob-" + language;
        realm.addUserWithPlaintextOtp(bob, "phone", SECRET);
        BrowserWindow window = at(bob, language, browser);
        CodePage code = new CodePage(window.page()).await();
        review(window, "code", language);
        code.enter(phone.wrongCode(clock));
        code.awaitRefusal();
        review(window, "code-error", language);
        code.enter(phone.wrongCode(clock));
        window.page().locator("#totp-guard-code-hint").waitFor();
        review(window, "hint", language);
        for (int i = 0; i < 2; i++) {
            code.enter(phone.wrongCode(clock));
            code.awaitRefusal();
        }
        code.enter(phone.wrongCode(clock));
        code.locked().waitFor();
        review(window, "locked", language);
    }

    @ParameterizedTest(name = "in {0}")
    @DisplayName("W2 the pages of set-up: the new device, its error, proof of the present one, the limit")
    @ValueSource(strings = {"en", "de"})
    void setup(String language, TestClock clock, TestBrowser browser) {
        realm.addUser("alice-" + language);
        BrowserWindow window = at("alice-" + language, language, browser);
        SetupPage setup = new SetupPage(window.page()).await();
        review(window, "setup", language);
        setup.enter("000000x");
        setup.codeError();
        review(window, "setup-error", language);

        String carol = "carol-" + language;
        realm.addUserWithPlaintextOtp(carol, "phone", SECRET);
        BrowserWindow other = browser.open(Look.USUAL.in(language));
        other.go(OidcLogin.to(realm).with("kc_action", "totp-guard-setup"));
        new LoginPage(other.page()).logIn(carol);
        new CodePage(other.page()).await().enter(phone.code(clock));
        other.page().locator("#totp-guard-limit-form").waitFor();
        review(other, "limit", language);
    }

    @ParameterizedTest(name = "in {0}")
    @DisplayName("W2 the reset page")
    @ValueSource(strings = {"en", "de"})
    void reset(String language, TestBrowser browser) {
        if (language.equals("en")) {
            realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        }
        BrowserWindow window = ResetIT.atResetPage(browser.open(Look.USUAL.in(language)), OidcLogin.to(realm));
        review(window, "reset", language);
    }

    @Test
    @DisplayName("W2 keyboard alone: enrol and log in without a mouse, the focus where one has to type next")
    void keyboard(TestClock clock, TestBrowser browser) {
        realm.addUser("kim");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        type(window, "kim", "Tab");
        type(window, "kim", "Enter");
        SetupPage setup = new SetupPage(window.page()).await();
        PhoneApp kim = PhoneApp.scan(setup.uriFromScreenshot());
        tabTo(window, "code");
        type(window, kim.code(clock), "Enter");
        login.claims();

        clock.advance(Duration.ofSeconds(60));
        OidcLogin second = OidcLogin.to(realm);
        BrowserWindow again = browser.open().go(second);
        type(again, "kim", "Tab");
        type(again, "kim", "Enter");
        new CodePage(again.page()).await();
        assertThat(focused(again)).isEqualTo("otp");
        type(again, kim.wrongCode(clock), "Enter");
        new CodePage(again.page()).awaitRefusal();
        assertThat(focused(again)).isEqualTo("otp");
        again.page().keyboard().press("ControlOrMeta+a");
        type(again, kim.code(clock), "Enter");
        second.claims();
        assertThat(List.of(window.problems(), again.problems())).allMatch(List::isEmpty);
    }

    private BrowserWindow at(String user, String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language)).go(OidcLogin.to(realm));
        new LoginPage(window.page()).logIn(user);
        return window;
    }

    private static void review(BrowserWindow window, String page, String language) {
        if (language.equals("en")) {
            PageReview.of(window, page);
        } else {
            PageReview.ofTranslation(window, page + "-" + language);
        }
    }

    private static void type(BrowserWindow window, String text, String then) {
        window.page().keyboard().type(text);
        window.page().keyboard().press(then);
    }

    private static void tabTo(BrowserWindow window, String field) {
        for (int i = 0; i < 20 && !field.equals(focused(window)); i++) {
            window.page().keyboard().press("Tab");
        }
        assertThat(focused(window)).isEqualTo(field);
    }

    private static Object focused(BrowserWindow window) {
        return window.page().evaluate("document.activeElement.name");
    }
}
