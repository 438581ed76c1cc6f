package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.OLD_SECRET;
import static io.github.totpguard.it.setup.SetupSteps.addBob;
import static io.github.totpguard.it.setup.SetupSteps.assertSame;
import static io.github.totpguard.it.setup.SetupSteps.atSetup;
import static io.github.totpguard.it.setup.SetupSteps.confirm;
import static io.github.totpguard.it.setup.SetupSteps.labels;
import static io.github.totpguard.it.setup.SetupSteps.setupOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** The set-up of a device: who requests it, the code that completes it, and the state after an unfinished one. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Set-up")
final class SetupIT {
    private static final Duration STEP = Duration.ofSeconds(30);

    /** Bob's existing device. */
    private final PhoneApp oldPhone = PhoneApp.type(OLD_SECRET);

    @Test
    @DisplayName("an application requests a device with kc_action, and is told that it was added")
    void applicationInitiated(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String alice = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        assertThat(window.problems()).isEmpty();
        setup.enter(PhoneApp.scan(setup.uriFromScreenshot()).code(clock), "Phone");
        assertThat(login.actionStatus()).contains("success");
        assertThat(labels(realm, alice)).containsExactly("Phone");
    }

    @Test
    @DisplayName("if set-up is cancelled, the application is told so, and only the count of wrong codes remains")
    void cancelled(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        String before = rememberedDevices(database, bob);
        setup.enter(PhoneApp.scan(setup.uriFromLink()).wrongCode(clock));
        setup.codeError();
        setup.cancel();
        assertThat(login.actionStatus()).contains("cancelled");
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
        assertThat(rememberedDevices(database, bob)).isEqualTo(before).contains("\"s\"");
    }

    @Test
    @DisplayName("an administrator requests a device of a user, once")
    void requiredAction(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String alice = realm.addUser("alice");
        realm.changeUser(alice, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        HttpLogin login = atSetup(realm, "alice");
        assertThat(login.body()).doesNotContain("cancel-aia");
        assertThat(confirm(login, PhoneApp.scan(login).code(clock), "Phone")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, alice)).containsExactly("Phone");
        assertThat(realm.user(alice).getRequiredActions()).isEmpty();
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("alice", "alice"))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest(name = "kc_action={0}")
    @ValueSource(strings = {"", Realms.SETUP_ACTION})
    @Tag("S19")
    @DisplayName(
            "set-up that the flow demands cannot be cancelled, even if an application requested it (CVE-2025-3910)")
    void demandedByTheFlow(String kcAction, Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        OidcLogin request = OidcLogin.to(realm);
        HttpLogin login = HttpLogin.open(kcAction.isEmpty() ? request : request.with("kc_action", kcAction));
        login.postPassword("alice", "alice");
        PhoneApp phone = PhoneApp.scan(login);
        assertThat(login.post("code", Map.of("cancel-aia", "true", "code", "", "label", "")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form");
        assertThat(login.post("code", Map.of("cancel-aia", "true", "code", phone.wrongCode(clock), "label", "")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(confirm(login, phone.code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("W2")
    @Tag("W3")
    @DisplayName(
            "a wrong code is reported at its field; key and label stay; the enrolment code is not accepted afterwards")
    void wrongCode(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        String uri = setup.uriFromLink();
        PhoneApp phone = PhoneApp.scan(uri);
        setup.enter(phone.wrongCode(clock), "Alice's phone");
        assertThat(setup.codeError()).contains("wait for the next code", "The code from your authenticator app");
        assertSame(setup.uriFromLink(), uri);
        assertThat(setup.label().inputValue()).isEqualTo("Alice's phone");
        assertThat(setup.code().inputValue()).isEmpty();
        assertThat(setup.code().evaluate("field => document.activeElement === field"))
                .isEqualTo(true);

        String code = phone.code(clock);
        assertThat(window.problems()).isEmpty();
        setup.enter(code);
        login.claims();
        String credentialId = realm.credentials(alice, "otp").get(0).getId();
        EventRepresentation refused =
                realm.events(EventType.UPDATE_CREDENTIAL_ERROR).get(0);
        assertThat(refused.getError()).isEqualTo("invalid_user_credentials");
        assertThat(refused.getDetails())
                .containsEntry("credential_type", "otp")
                .containsEntry("credential_id", credentialId)
                .containsEntry("credential_user_label", "Alice's phone")
                .containsEntry("totp_guard_verdict", "mismatch");
        assertThat(HttpLogin.atCodePage(realm, "alice").postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S59")
    @DisplayName("an incomplete code gets the number of digits to enter, as many as the new device shows")
    void incompleteCode(Realms realms, TestClock clock) {
        TestRealm realm =
                realms.guarded("setup").otpPolicy("HmacSHA1", 8, 30, 1).create();
        realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = PhoneApp.scan(login);
        for (String code : List.of("12 34", "123456", "letters")) {
            assertThat(confirm(login, code, "phone")).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body())
                    .contains("Enter all 8 digits of the code.")
                    .doesNotContain("wait for the next code");
        }
        assertThat(confirm(login, phone.code(clock), "phone")).isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest(name = "ticked={0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("\"Sign out from other devices\" ends the other sessions if it is ticked, and only then")
    void otherSessions(boolean ticked, Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(oldPhone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        clock.advance(STEP);
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        window.page().locator("input[name=logout-sessions]").setChecked(ticked);
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock));
        login.claims();
        assertThat(realm.admin().get(realm.path("/users/" + bob + "/sessions"))).hasSize(ticked ? 1 : 2);
    }

    @Test
    @Tag("S20")
    @DisplayName("a user who stops half-way keeps the old device and gets no second one")
    void abandoned(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        login.postPassword("bob", "bob");
        assertThat(login.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        PhoneApp newPhone = PhoneApp.scan(login);

        clock.advance(STEP);
        HttpLogin later = HttpLogin.atCodePage(realm, "bob");
        assertThat(later.postOtp(newPhone.code(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(later.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @DisplayName("with Keycloak's limit of five minutes, a page that was open for longer leads back to the password")
    void loginTimeout(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = PhoneApp.scan(login);
        clock.advance(Duration.ofMinutes(6));
        assertThat(confirm(login, phone.code(clock), "")).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(realm.credentials(alice, "otp")).isEmpty();
    }

    /** The devices in the user's row, in its stored format. */
    private static String rememberedDevices(Database database, String userId) {
        return AdminApi.parse(database.text("select state from totp_guard_state where user_id = ?", userId))
                .path("d")
                .toString();
    }
}
