package io.github.totpguard.it.entrances;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A realm in which TOTP Guard is not switched on behaves as if it were not installed, but still opens sealed secrets.
 */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Realms without TOTP Guard")
final class UnguardedRealmIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("D1")
    @DisplayName("CONFIGURE_TOTP and the built-in form behave as in Keycloak, and create no row of ours")
    void asKeycloakDoes(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.plain("unguarded").create();
        UserRepresentation alice = People.person("alice");
        alice.setRequiredActions(List.of("CONFIGURE_TOTP"));
        String id = realm.addUser(alice);
        OidcLogin first = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(first);
        new LoginPage(window.page()).logIn("alice");
        window.page().click("#mode-manual");
        PhoneApp app =
                PhoneApp.type(window.page().locator("#kc-totp-secret-key").innerText());
        String used = app.codeAt(Instant.now());
        window.page().fill("#totp", used);
        window.page().click("#saveTOTPBtn");
        first.claims();
        assertThat(database.text("select secret_data from credential where type = 'otp' and user_id = ?", id))
                .doesNotContain("eyJ");

        OidcLogin second = OidcLogin.to(realm);
        BrowserWindow other = browser.open().go(second);
        new LoginPage(other.page()).logIn("alice");
        CodePage code = new CodePage(other.page()).await();
        code.enter(used);
        code.awaitRefusal().enter(app.codeAt(Instant.now().plusSeconds(30)));
        second.claims();
        assertThat(database.rows("select * from totp_guard_state where user_id = ?", id))
                .isEmpty();
    }

    @Test
    @Tag("D1")
    @Tag("D2")
    @DisplayName("a user with a sealed device can log in after TOTP Guard is switched off, with each code once")
    void switchedOff(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("unguarded").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock, -1)))
                .isEqualTo(Outcome.LOGGED_IN);
        String sealed = database.text("select secret_data from credential where type = 'otp' and user_id = ?", bob);
        assertThat(sealed).startsWith("{\"value\":\"eyJ");

        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        realm.flows().bindBrowser("browser");
        String code = phone.codeAt(Instant.now());
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(database.text("select secret_data from credential where type = 'otp' and user_id = ?", bob))
                .isEqualTo(sealed);
    }

    @Test
    @Tag("H4")
    @DisplayName("a sealed HOTP token keeps its counter after TOTP Guard is switched off")
    void hotpSwitchedOff(Realms realms, Database database) {
        TestRealm realm = realms.guarded("unguarded").create();
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp(
                        "token",
                        SECRET,
                        "{\"subType\":\"hotp\",\"digits\":6,\"counter\":0,\"period\":0,"
                                + "\"algorithm\":\"HmacSHA1\",\"secretEncoding\":\"BASE32\"}")));
        String id = realm.addUser(bob);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.codeOfCounter(0)))
                .isEqualTo(Outcome.LOGGED_IN);
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        realm.flows().bindBrowser("browser");
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.codeOfCounter(0)))
                .isEqualTo(Outcome.CODE_PAGE);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.codeOfCounter(1)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(database.text("select credential_data from credential where type = 'otp' and user_id = ?", id))
                .contains("\"counter\":2");
    }
}
