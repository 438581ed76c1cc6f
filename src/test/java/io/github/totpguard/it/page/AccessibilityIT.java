package io.github.totpguard.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PageReview;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.SoftKey;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.ProvePage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Every page of ours in every look, checked with axe, and the ways through the pages without a mouse. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Accessibility")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessibilityIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private TestRealm realm;
    private TestRealm withAll;
    private TestRealm passwordOnly;

    @BeforeAll
    void realms(Realms realms) {
        realm = realms.guarded("access")
                .settings(AccessibilityIT::bilingual)
                .settings(settings -> settings.setResetPasswordAllowed(true))
                .policy("lockSeconds", 3600)
                .policy("maxLockSeconds", 3600)
                .policy("maxDevices", 1)
                .then(BoundFlows::resetWithoutMail)
                .create();
        withAll = realms.guarded("access")
                .settings(AccessibilityIT::bilingual)
                .policy("trustedBrowserDays", 30)
                .policy("graceDays", 7)
                .then(BackupCodes::beside)
                // A separate step for trusted browsers, because the step for the code sets a reference in amr.
                .then(made -> made.flows().add("second factor", "totp-guard-trusted-browser", "ALTERNATIVE"))
                .create();
        passwordOnly = realms.guarded("access")
                .settings(AccessibilityIT::bilingual)
                .then(BoundFlows::passwordOnly)
                .create();
    }

    private static void bilingual(RealmRepresentation settings) {
        settings.setDisplayName("Example");
        settings.setInternationalizationEnabled(true);
        settings.setSupportedLocales(Set.of("en", "de"));
        settings.setDefaultLocale("en");
    }

    @ParameterizedTest(name = "in {0}")
    @Tag("W2")
    @DisplayName("the pages of a login are accessible: asking, refusing, with the hint, locked")
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
    @Tag("W2")
    @DisplayName(
            "the pages of set-up are accessible: the new device, its error, the proof of an existing one, the limit")
    @ValueSource(strings = {"en", "de"})
    void setup(String language, TestClock clock, TestBrowser browser) {
        realm.addUser("alice-" + language);
        BrowserWindow window = at("alice-" + language, language, browser);
        SetupPage setup = new SetupPage(window.page()).await();
        review(window, "setup", language);
        setup.openManual();
        review(window, "setup-manual", language);
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
    @Tag("W2")
    @DisplayName("the reset page is accessible")
    @ValueSource(strings = {"en", "de"})
    void reset(String language, TestBrowser browser) {
        if (language.equals("en")) {
            realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        }
        BrowserWindow window = browser.open(Look.USUAL.in(language)).go(OidcLogin.to(realm));
        new LoginPage(window.page()).forgotPassword("bob");
        new CodePage(window.page()).await();
        review(window, "reset", language);
    }

    @ParameterizedTest(name = "in {0}")
    @Tag("W2")
    @DisplayName("all pages from a new user's first login to the loss of a device are accessible: set-up that can "
            + "be put off, backup codes, trust, the lost device, names, the last device")
    @ValueSource(strings = {"en", "de"})
    void goodDayAndBadDay(String language, TestClock clock, TestBrowser browser) {
        String dora = "dora-" + language;
        String id = withAll.addUser(dora);
        OidcLogin first = OidcLogin.to(withAll);
        BrowserWindow window = browser.open(Look.USUAL.in(language)).go(first);
        new LoginPage(window.page()).logIn(dora);
        SetupPage setup = new SetupPage(window.page()).await();
        review(window, "setup-grace", language);
        setup.enter(PhoneApp.scan(setup.uriFromScreenshot()).code(clock));
        Locator codes = window.page().locator("#totp-guard-backup-codes li");
        codes.first().waitFor();
        String code = codes.first().innerText().strip();
        review(window, "backup-codes", language);
        window.page().check("#saved");
        window.page().click("#totp-guard-submit");
        first.claims();

        OidcLogin second = OidcLogin.to(withAll);
        BrowserWindow other = browser.open(Look.USUAL.in(language)).go(second);
        Page page = other.page();
        new LoginPage(page).logIn(dora);
        CodePage codePage = new CodePage(page).await();
        codePage.trustBrowser().waitFor();
        review(other, "code-trust", language);
        codePage.openOtherWays();
        review(other, "code-other-ways", language);
        codePage.useBackupCode().click();
        page.locator("#backupCode").waitFor();
        review(other, "backup-code", language);
        page.fill("#backupCode", code);
        page.keyboard().press("Enter");
        page.locator("#totp-guard-lost-form").waitFor();
        review(other, "lost", language);
        page.click("#totp-guard-replace");
        SetupPage replacing = new SetupPage(page).await();
        assertThat(replacing.replaced()).hasSize(1);
        review(other, "setup-replaces", language);
        replacing.cancelReplacement();
        page.locator("#totp-guard-lost-form").waitFor();
        page.click("#totp-guard-no");
        second.claims();
        other.awaitApplication(second);

        other.go(OidcLogin.to(withAll).with("kc_action", "totp-guard-setup:rename"));
        page.locator("#totp-guard-rename-form").waitFor();
        review(other, "rename", language);
        String device = withAll.credentials(id, "otp").get(0).getId();
        other.go(OidcLogin.to(withAll).with("kc_action", "delete_credential:" + device));
        page.locator("#totp-guard-kept-form").waitFor();
        review(other, "kept", language);
    }

    @Test
    @Tag("W2")
    @DisplayName("the page for a proof is accessible, for a user with every factor and for one with only a key")
    void proveByAnything(TestBrowser browser) {
        UserRepresentation all = People.person("ann");
        all.setCredentials(List.of(
                People.password("ann"),
                People.plaintextOtp("phone", SECRET),
                BackupCodes.ofKeycloak(List.of("ABCDEFGH1234")),
                new SoftKey().secondFactor("key"),
                new SoftKey().passkey("passkey")));
        passwordOnly.addUser(all);
        UserRepresentation key = People.person("kim");
        key.setCredentials(List.of(People.password("kim"), new SoftKey().secondFactor("key")));
        passwordOnly.addUser(key);
        for (String user : List.of("ann", "kim")) {
            BrowserWindow window = browser.open(Look.USUAL);
            window.go(OidcLogin.to(passwordOnly).with("kc_action", "webauthn-register"));
            new LoginPage(window.page()).logIn(user);
            window.page().locator("#totp-guard-prove-form").waitFor();
            review(window, "prove-" + (user.equals("ann") ? "anything" : "key"), "en");
        }
    }

    @ParameterizedTest(name = "in {0}")
    @Tag("W2")
    @DisplayName("the page that asks for a device before another is added is accessible")
    @ValueSource(strings = {"en", "de"})
    void prove(String language, TestBrowser browser) {
        String bob = "bob-" + language;
        passwordOnly.addUserWithPlaintextOtp(bob, "phone", SECRET);
        BrowserWindow window = browser.open(Look.USUAL.in(language));
        window.go(OidcLogin.to(passwordOnly).with("kc_action", "totp-guard-setup"));
        new LoginPage(window.page()).logIn(bob);
        new ProvePage(window.page()).await();
        review(window, "prove", language);
    }

    @Test
    @Tag("W2")
    @Tag("W3")
    @DisplayName("with the keyboard alone a user enrols and logs in, and the focus is on the field to fill in next")
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

    @Test
    @Tag("W2")
    @Tag("W3")
    @DisplayName("with the keyboard alone a user saves backup codes, trusts a browser, logs in with a backup code, "
            + "answers that no device is lost, and renames a device")
    void keyboardOnTheBadDay(TestClock clock, TestBrowser browser) {
        String id = withAll.addUser("kay");
        OidcLogin first = OidcLogin.to(withAll);
        BrowserWindow window = browser.open().go(first);
        type(window, "kay", "Tab");
        type(window, "kay", "Enter");
        SetupPage setup = new SetupPage(window.page()).await();
        PhoneApp kay = PhoneApp.scan(setup.uriFromScreenshot());
        tabTo(window, "code");
        type(window, kay.code(clock), "Enter");
        Locator codes = window.page().locator("#totp-guard-backup-codes li");
        codes.first().waitFor();
        String code = codes.first().innerText().strip();
        tabTo(window, "saved");
        window.page().keyboard().press("Space");
        tabTo(window, "confirm");
        window.page().keyboard().press("Enter");
        first.claims();

        OidcLogin second = OidcLogin.to(withAll);
        BrowserWindow other = browser.open().go(second);
        type(other, "kay", "Tab");
        type(other, "kay", "Enter");
        new CodePage(other.page()).await().trustBrowser().waitFor();
        tabTo(other, "trustBrowser");
        other.page().keyboard().press("Space");
        other.page().keyboard().press("Tab");
        tabToElement(other, "SUMMARY");
        other.page().keyboard().press("Enter");
        tabTo(other, "authenticationExecution");
        other.page().keyboard().press("Enter");
        other.page().locator("#backupCode").waitFor();
        assertThat(focused(other)).isEqualTo("backupCode");
        type(other, code, "Enter");
        other.page().locator("#totp-guard-lost-form").waitFor();
        tabTo(other, "no");
        other.page().keyboard().press("Enter");
        second.claims();
        other.awaitApplication(second);

        OidcLogin renaming = OidcLogin.to(withAll).with("kc_action", "totp-guard-setup:rename");
        other.go(renaming).page().locator("#totp-guard-rename-form").waitFor();
        tabTo(other, "label-" + withAll.credentials(id, "otp").get(0).getId());
        other.page().keyboard().press("ControlOrMeta+a");
        type(other, "Kay's phone", "Enter");
        assertThat(renaming.actionStatus()).contains("success");
        assertThat(withAll.credentials(id, "otp").get(0).getUserLabel()).isEqualTo("Kay's phone");
        assertThat(List.of(window.problems(), other.problems())).allMatch(List::isEmpty);
    }

    private BrowserWindow at(String user, String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language)).go(OidcLogin.to(realm));
        new LoginPage(window.page()).logIn(user);
        return window;
    }

    private static void review(BrowserWindow window, String page, String language) {
        PageReview.of(window, language.equals("en") ? page : page + "-" + language);
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

    private static void tabToElement(BrowserWindow window, String name) {
        String focused = "document.activeElement.tagName";
        for (int i = 0; i < 20 && !name.equals(window.page().evaluate(focused)); i++) {
            window.page().keyboard().press("Tab");
        }
        assertThat(window.page().evaluate(focused)).isEqualTo(name);
    }

    /** Evaluated with a limit: a plain evaluation may wait forever in a page that is being left. */
    private static Object focused(BrowserWindow window) {
        return window.page()
                .waitForFunction(
                        "document.activeElement && (document.activeElement.name || 'something without a name')")
                .jsonValue();
    }
}
