package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
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
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;

/** The main use case: a person enrols with a QR code and logs in with a code, and an application gets tokens. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("First login")
final class FirstLoginIT {

    @Test
    @Tag("W4")
    @Tag("T3")
    @DisplayName("a new user scans the QR code, gets tokens with amr, and is asked for a code the next time")
    void enrolAndLogIn(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.guarded("first").create();
        String alice = realm.addUser("alice");

        OidcLogin first = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(first);
        new LoginPage(window.page()).logIn("alice");
        SetupPage setup = new SetupPage(window.page()).await();
        PhoneApp phone = PhoneApp.scan(setup.uriFromScreenshot());
        assertThat(setup.uriFromLink()).isEqualTo(setup.uriFromScreenshot());
        setup.enter(phone.code(clock), "Alice's phone");

        IDTokenClaimsSet claims = first.claims();
        assertThat(claims.getSubject().getValue()).isEqualTo(alice);
        assertThat(window.problems()).isEmpty();

        CredentialRepresentation device = realm.credentials(alice, "otp").get(0);
        assertThat(device.getUserLabel()).isEqualTo("Alice's phone");
        EventRepresentation enrolled = realm.events(EventType.UPDATE_CREDENTIAL).get(0);
        assertThat(enrolled.getDetails())
                .containsEntry("credential_type", "otp")
                .containsEntry("credential_id", device.getId())
                .containsEntry("credential_user_label", "Alice's phone")
                .containsEntry("totp_guard_verdict", "accepted");

        clock.advance(Duration.ofSeconds(60));
        OidcLogin second = OidcLogin.to(realm);
        BrowserWindow other = browser.open().go(second);
        new LoginPage(other.page()).logIn("alice");
        new CodePage(other.page()).await().enter(phone.code(clock));
        assertThat(OidcLogin.amr(second.claims())).containsExactly("otp");
        assertThat(other.problems()).isEmpty();
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "accepted")
                .containsEntry("selected_credential_id", device.getId());
        // Last, because the test ends here if the runtime gives no access to its database.
        assertThat(secretData(database, device)).startsWith("{\"value\":\"eyJ");
    }

    @Test
    @Tag("D1")
    @Tag("D2")
    @DisplayName("a user with Keycloak's own plaintext device logs in with it, and it is sealed from then on")
    void plaintextDeviceFromBefore(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.guarded("first").create();
        String secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        String bob = realm.addUserWithPlaintextOtp("bob", "Bob's old phone", secret);
        CredentialRepresentation before = realm.credentials(bob, "otp").get(0);
        assertThat(secretData(database, before)).contains(secret);
        Map<String, Object> rowBefore = row(database, before);

        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(PhoneApp.type(secret).code(clock));
        login.claims();

        assertThat(secretData(database, before)).startsWith("{\"value\":\"eyJ").doesNotContain(secret);
        assertThat(row(database, before)).isEqualTo(rowBefore);

        clock.advance(Duration.ofSeconds(60));
        HttpLogin again = HttpLogin.atCodePage(realm, "bob");
        assertThat(again.postOtp(PhoneApp.type(secret).code(clock))).isEqualTo(HttpLogin.Outcome.LOGGED_IN);
    }

    private static String secretData(Database database, CredentialRepresentation device) {
        return database.text("select secret_data from credential where id = ?", device.getId());
    }

    private static Map<String, Object> row(Database database, CredentialRepresentation device) {
        return database.rows(
                        "select user_label, priority, created_date, credential_data from credential where id = ?",
                        device.getId())
                .get(0);
    }
}
