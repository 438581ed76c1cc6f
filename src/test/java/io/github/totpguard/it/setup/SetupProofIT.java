package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.OLD_SECRET;
import static io.github.totpguard.it.setup.SetupSteps.addBob;
import static io.github.totpguard.it.setup.SetupSteps.atSetup;
import static io.github.totpguard.it.setup.SetupSteps.confirm;
import static io.github.totpguard.it.setup.SetupSteps.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
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
import io.github.totpguard.harness.page.ProvePage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** A user who has a device proves it before adding another one. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Proof before set-up")
final class SetupProofIT {
    private static final String CHOSEN_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final Duration STEP = Duration.ofSeconds(30);

    /** Bob's existing device. */
    private final PhoneApp oldPhone = PhoneApp.type(OLD_SECRET);

    @Test
    @Tag("S19")
    @Tag("N15")
    @DisplayName("with only a password, a user who has a device proves it before adding another one")
    void proveFirst(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        OidcLogin passwordLogin = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(passwordLogin);
        new LoginPage(window.page()).logIn("bob");
        passwordLogin.claims();
        window.awaitApplication(passwordLogin);

        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        ProvePage prove = new ProvePage(window.go(login).page()).await();
        window.screenshot("prove-light");
        prove.enter(oldPhone.wrongCode(clock));
        assertThat(prove.error()).contains("Wait for the next code");
        assertThat(window.page()
                        .locator("#totp-guard-qr, #totp-guard-uri, #totp-guard-key")
                        .count())
                .isZero();
        EventRepresentation refused =
                realm.events(EventType.UPDATE_CREDENTIAL_ERROR).get(0);
        assertThat(refused.getError()).isEqualTo("invalid_user_credentials");
        assertThat(refused.getDetails())
                .containsEntry("credential_type", "otp")
                .containsEntry("totp_guard_verdict", "mismatch");

        prove.enter(oldPhone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        PhoneApp newPhone = PhoneApp.scan(setup.uriFromScreenshot());
        setup.enter(newPhone.code(clock), "New phone");
        assertThat(login.actionStatus()).contains("success");
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Bob's old phone", "New phone");

        realm.flows().bindBrowser(Realms.BROWSER_FLOW);
        clock.advance(STEP);
        for (PhoneApp device : List.of(oldPhone, newPhone)) {
            assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(device.code(clock)))
                    .isEqualTo(Outcome.LOGGED_IN);
        }
    }

    @Test
    @Tag("S19")
    @DisplayName("a code for the set-up form does not bypass the proof, nor does the enrolment in one request")
    void noWayAroundTheProof(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        login.postPassword("bob", "bob");
        PhoneApp chosen = PhoneApp.type(CHOSEN_SECRET);
        Map<String, String> everything = Map.of(
                "otp", "", "code", chosen.code(clock), "secret", CHOSEN_SECRET, "label", "x", "continue", "true");
        assertThat(login.post("otp", everything)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("totp-guard-prove-form").doesNotContain("otpauth:");
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @Tag("S19")
    @DisplayName("the proof is also required if an administrator requests the device")
    void proveForAdministrator(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        realm.changeUser(bob, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("totp-guard-prove-form").doesNotContain("cancel-aia", "otpauth:");
        assertThat(login.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(confirm(login, PhoneApp.scan(login).code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        assertThat(realm.credentials(bob, "otp")).hasSize(2);
    }

    @Test
    @Tag("S19")
    @DisplayName("a first device that was added elsewhere meanwhile is asked for before a second one")
    void firstDeviceMeanwhile(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String alice = realm.addUser("alice");
        HttpLogin slow = atSetup(realm, "alice");
        PhoneApp slowPhone = PhoneApp.scan(slow);
        HttpLogin quick = atSetup(realm, "alice");
        PhoneApp quickPhone = PhoneApp.scan(quick);
        assertThat(confirm(quick, quickPhone.code(clock), "Quick")).isEqualTo(Outcome.LOGGED_IN);

        assertThat(confirm(slow, slowPhone.code(clock), "Slow")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(slow.body()).contains("totp-guard-prove-form").doesNotContain("input-error-otp");
        assertThat(labels(realm, alice)).containsExactly("Quick");
        clock.advance(STEP);
        assertThat(slow.postOtp(quickPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(confirm(slow, slowPhone.code(clock), "Slow")).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("after a login with a code, another device needs no further proof while the login is fresh")
    void provedByTheLogin(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        BrowserWindow window = browser.open();
        logInWithCode(window, realm, oldPhone.code(clock));

        clock.advance(Duration.ofMinutes(2));
        OidcLogin adding = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        SetupPage setup = new SetupPage(window.go(adding).page()).await();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "Second phone");
        assertThat(adding.actionStatus()).contains("success");
        assertThat(labels(realm, bob)).contains("Second phone");

        clock.advance(Duration.ofMinutes(4));
        OidcLogin stale = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        new LoginPage(window.go(stale).page()).password("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        new SetupPage(window.page()).await();
    }

    private static void logInWithCode(BrowserWindow window, TestRealm realm, String code) {
        OidcLogin login = OidcLogin.to(realm);
        new LoginPage(window.go(login).page()).logIn("bob");
        new CodePage(window.page()).await().enter(code);
        login.claims();
        window.awaitApplication(login);
    }
}
