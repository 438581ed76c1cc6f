package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The page that asks for a code, and the failures around it. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Code form")
final class CodeFormIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private final PhoneApp tablet = PhoneApp.type(OTHER_SECRET);

    @Test
    @Tag("S16")
    @Tag("S59")
    @Tag("A9")
    @DisplayName(
            "a wrong and a used code get the same bytes; an incomplete code gets the digit count, and is no attempt")
    void sameBytes(Realms realms, TestClock clock) {
        TestRealm realm = realmWithBob(realms);
        String used = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(used)).isEqualTo(Outcome.LOGGED_IN);

        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        // After the second wrong code the page gives the hint, for every further code.
        login.postOtp(phone.wrongCode(clock));
        login.postOtp(phone.wrongCode(clock));
        String wrong = withoutSessionCode(login);
        assertThat(wrong).contains("input-error-otp");
        assertThat(login.postOtp(used)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(withoutSessionCode(login)).isEqualTo(wrong);
        assertThat(login.postOtp("12 34")).isEqualTo(Outcome.CODE_PAGE);
        String incomplete = withoutSessionCode(login);
        assertThat(incomplete)
                .contains("input-error-otp", "Enter all 6 digits")
                .doesNotContain("Wait for the next code");
        String halfOfRight = phone.code(clock, 1).substring(0, 3);
        for (String code :
                List.of("abc", "", halfOfRight, "1234567", "1".repeat(10_000), "<svg onload=x>", "\u0661\u0662")) {
            assertThat(login.postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
            assertThat(withoutSessionCode(login)).isEqualTo(incomplete);
        }
        assertThat(realm.events(EventType.LOGIN_ERROR))
                .extracting(event -> event.getDetails().get("totp_guard_verdict"))
                .containsOnly("mismatch", "replayed", "malformed");
    }

    @Test
    @DisplayName("any device of the user is accepted without a choice, and the event names it")
    void anyDevice(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("form").create();
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("phone", SECRET),
                People.plaintextOtp("tablet", OTHER_SECRET)));
        String id = realm.addUser(bob);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(tablet.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        Map<String, String> labels = realm.credentials(id, "otp").stream()
                .collect(java.util.stream.Collectors.toMap(
                        CredentialRepresentation::getUserLabel, CredentialRepresentation::getId));
        assertThat(realm.events(EventType.LOGIN))
                .extracting(event -> event.getDetails().get("selected_credential_id"))
                .containsExactly(labels.get("phone"), labels.get("tablet"));
    }

    @Test
    @Tag("W2")
    @DisplayName("the field has a label, a hint and a numeric keyboard; its error is announced; spaces are accepted")
    void accessible(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realmWithBob(realms);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open(Look.USUAL.narrow()).go(login);
        Page page = window.page();
        new LoginPage(page).logIn("bob");
        CodePage code = new CodePage(page).await();
        window.screenshot("code-narrow-light");
        assertThat(page.getByLabel("One-time code").count()).isEqualTo(1);
        assertThat(code.field().getAttribute("autocomplete")).isEqualTo("one-time-code");
        assertThat(code.field().getAttribute("inputmode")).isEqualTo("numeric");
        assertThat(code.field().getAttribute("maxlength")).isNull();
        assertThat(code.field().evaluate("field => document.activeElement === field"))
                .isEqualTo(true);

        code.enter(phone.wrongCode(clock));
        assertThat(code.error()).contains("Wait for the next code");
        assertThat(code.field().inputValue()).isEmpty();
        window.screenshot("code-narrow-error");
        String digits = phone.code(clock);
        code.enter(" " + digits.substring(0, 3) + " " + digits.substring(3) + " ");
        login.claims();
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S59")
    @DisplayName("a backup code in the field of the app's code gets a message that says so, and is no attempt")
    void backupCodeInTheField(Realms realms) {
        TestRealm realm = realmWithBob(realms);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp("07-ABCDE-FGHJK-MNPQR")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("That looks like a backup code.");
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "malformed");
    }

    @ParameterizedTest(name = "with JavaScript: {0}")
    @DisplayName(
            "a user without any other factor finds under \"Can't use your app?\" whom to ask: the administrator, or the contact")
    @ValueSource(booleans = {true, false})
    void whomToAsk(boolean javaScript, Realms realms, TestBrowser browser) {
        TestRealm plain = realmWithBob(realms);
        TestRealm withContact = realms.guarded("form")
                .policy("helpContact", "https://help.acme.example")
                .create();
        withContact.addUserWithPlaintextOtp("bob", "phone", SECRET);
        Look look = javaScript ? Look.USUAL : Look.USUAL.withoutJavaScript();

        CodePage administrator = codePageOf(plain, browser.open(look));
        assertThat(administrator.help().isVisible()).isFalse();
        administrator.openOtherWays();
        assertThat(administrator.help().innerText()).contains("Contact your administrator.");
        assertThat(administrator.useBackupCode().count()).isZero();
        assertThat(administrator.useMailLink().count()).isZero();

        CodePage contact = codePageOf(withContact, browser.open(look)).openOtherWays();
        assertThat(contact.help().innerText()).contains("https://help.acme.example");
        assertThat(contact.help().locator("a").getAttribute("target")).isEqualTo("_blank");
    }

    private static CodePage codePageOf(TestRealm realm, BrowserWindow window) {
        window.go(OidcLogin.to(realm));
        new LoginPage(window.page()).logIn("bob");
        return new CodePage(window.page()).await();
    }

    @Test
    @DisplayName("the form works without JavaScript")
    void withoutJavaScript(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realmWithBob(realms);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open(Look.USUAL.withoutJavaScript()).go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(phone.code(clock));
        login.claims();
    }

    @Test
    @DisplayName("if a device is removed while the page is open, the login starts again, and set-up follows")
    void deviceRemoved(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("form").create();
        String id = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        realm.deleteCredential(id, realm.credentials(id, "otp").get(0).getId());
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(login.body()).contains("was removed while you were signing in");
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form");
    }

    @Test
    @DisplayName("a user who is disabled while the page is open gets a message, and does not get in")
    void userDisabled(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("form").create();
        String id = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        realm.changeUser(id, bob -> bob.setEnabled(false));
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.ERROR_PAGE);
        assertThat(login.status()).isEqualTo(400);
        assertThat(login.body()).contains("Account is disabled");
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getError()).isEqualTo("user_disabled");
    }

    @Test
    @Tag("S7")
    @Tag("S59")
    @DisplayName(
            "Keycloak's brute-force protection counts our failures, refuses a right code, and all answers are alike")
    void bruteForce(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("form")
                .bruteForceProtected(3)
                .policy("maxFailures", 100)
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.postOtp("12 34");
        String incomplete = withoutSessionCode(login);
        Await.until("the protector to lock the user", Duration.ofSeconds(30), () -> {
            login.postOtp(phone.wrongCode(clock));
            return realm.events(EventType.LOGIN_ERROR).stream()
                    .anyMatch(event -> "user_temporarily_disabled".equals(event.getError()));
        });
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp("12 34")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(withoutSessionCode(login)).isEqualTo(incomplete);
    }

    @Test
    @Tag("S59")
    @DisplayName("an incomplete code is not a failure for Keycloak's brute-force protection either")
    void incompleteIsNoFailure(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("form").bruteForceProtected(2).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        for (int i = 0; i < 5; i++) {
            assertThat(login.postOtp("12 34")).isEqualTo(Outcome.CODE_PAGE);
        }
        login.postOtp(phone.wrongCode(clock));
        Await.until("the protector to hear of the wrong code", Duration.ofSeconds(30), () -> failures(realm, bob) > 0);
        assertThat(failures(realm, bob)).isOne();
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    private static int failures(TestRealm realm, String userId) {
        return realm.admin()
                .get(realm.path("/attack-detection/brute-force/users/" + userId))
                .get("numFailures")
                .asInt();
    }

    @Test
    @DisplayName("an expired login and a second tab get a page of Keycloak's, not an error page of ours")
    void expiredAndSecondTab(Realms realms, TestClock clock) {
        TestRealm realm = realmWithBob(realms);
        HttpLogin first = HttpLogin.atCodePage(realm, "bob");
        HttpLogin second = first.twin();
        assertThat(first.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        second.postOtp(phone.code(clock, 1));
        assertThat(second.status()).isLessThan(500);

        HttpLogin slow = HttpLogin.atCodePage(realm, "bob");
        clock.advance(Duration.ofHours(2));
        slow.postOtp(phone.code(clock));
        assertThat(slow.status()).isLessThan(500);
        assertThat(slow.outcome()).isNotEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("an execution without a configuration works")
    void nullConfig(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("form")
                .then(made -> {
                    Flows flows = made.flows();
                    flows.remove(
                            flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
                    flows.add(Realms.FORMS, Realms.FORM, "REQUIRED");
                })
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("the page offers another way if the flow does, and only then")
    void tryAnotherWay(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("form")
                .then(made -> {
                    Flows flows = made.flows();
                    flows.remove(
                            flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
                    flows.addSubFlow(Realms.FORMS, "second factor", "REQUIRED");
                    flows.add("second factor", Realms.FORM, "ALTERNATIVE");
                    flows.add("second factor", "auth-password-form", "ALTERNATIVE");
                })
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        // Keycloak starts with the older of the user's credentials, which is the password again.
        window.page().click("#try-another-way");
        window.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Authenticator app"))
                .click();
        CodePage code = new CodePage(window.page()).await();
        assertThat(window.page().locator("#try-another-way").isVisible()).isTrue();
        code.enter(phone.code(clock));
        login.claims();

        assertThat(HttpLogin.atCodePage(realmWithBob(realms), "bob").body()).doesNotContain("id=\"try-another-way\"");
    }

    @Test
    @DisplayName("a flow with the code as an alternative does not ask a user without a device")
    void alternativeWithoutDevice(Realms realms) {
        TestRealm realm = realms.guarded("form")
                .then(made -> {
                    Flows flows = made.flows();
                    flows.remove(
                            flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
                    flows.addSubFlow(Realms.FORMS, "second factor", "CONDITIONAL");
                    flows.add("second factor", "conditional-user-configured", "REQUIRED");
                    flows.add("second factor", Realms.FORM, "REQUIRED");
                })
                .create();
        realm.addUser("alice");
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("alice", "alice"))
                .isEqualTo(Outcome.LOGGED_IN);
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin.atCodePage(realm, "bob");
    }

    @Test
    @Tag("S13")
    @DisplayName("without a policy the form lets no user in, and the log says what to do")
    void policySwitchedOff(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        TestRealm realm = realmWithBob(realms);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.ERROR_PAGE);
        assertThat(login.status()).isEqualTo(503);
        assertThat(login.body()).contains("id=\"totp-guard-unavailable\"");
        EventRepresentation event = realm.events(EventType.LOGIN_ERROR).get(0);
        assertThat(event.getError()).isEqualTo("totp_guard_unavailable_policy");
        assertThat(keycloak.log()).contains("register and enable the required action totp-guard-setup");
    }

    @Test
    @DisplayName("restarting at the set-up page does not get a user past it (CVE-2026-94218)")
    void restartAtSetup(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("form").create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("alice");
        new SetupPage(window.page()).await();
        String restart = window.page().url().replaceAll("/login-actions/.*\\?", "/login-actions/restart?");
        window.page().navigate(restart);
        assertThat(login.hasArrived()).isFalse();
        new LoginPage(window.page()).logIn("alice");
        new SetupPage(window.page()).await();
        assertThat(login.hasArrived()).isFalse();
    }

    private static TestRealm realmWithBob(Realms realms) {
        TestRealm realm = realms.guarded("form").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        return realm;
    }

    /** Removes the session code, because Keycloak puts a new one into the form's address each time. */
    private static String withoutSessionCode(HttpLogin login) {
        return login.body().replaceAll("session_code=[^&\"]*", "session_code=");
    }
}
