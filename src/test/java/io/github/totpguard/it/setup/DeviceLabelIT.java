package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.OLD_SECRET;
import static io.github.totpguard.it.setup.SetupSteps.addBob;
import static io.github.totpguard.it.setup.SetupSteps.atSetup;
import static io.github.totpguard.it.setup.SetupSteps.atSetupWithProof;
import static io.github.totpguard.it.setup.SetupSteps.confirm;
import static io.github.totpguard.it.setup.SetupSteps.labels;
import static io.github.totpguard.it.setup.SetupSteps.languages;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** The name that a user gives to a new device. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Names of devices")
final class DeviceLabelIT {
    private static final Pattern LABEL_ON_PAGE = Pattern.compile("name=\"label\" value=\"([^\"]*)\"");

    /** Bob's existing device. */
    private final PhoneApp oldPhone = PhoneApp.type(OLD_SECRET);

    @Test
    @DisplayName("a device without a name gets a unique one in the user's language")
    void defaultLabel(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "de"))
                .then(BoundFlows::passwordOnly)
                .create();
        String alice = realm.addUser("alice");
        HttpLogin english = atSetup(realm, "alice");
        assertThat(suggestedLabel(english)).isEqualTo("Authenticator app");
        assertThat(confirm(english, PhoneApp.scan(english).code(clock), "  ")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, alice)).containsExactly("Authenticator app");

        String greta = realm.addUser("greta");
        HttpLogin german = HttpLogin.open(
                OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION).with("ui_locales", "de"));
        german.postPassword("greta", "greta");
        assertThat(suggestedLabel(german)).isEqualTo("Authenticator-App");
        assertThat(confirm(german, PhoneApp.scan(german).code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, greta)).containsExactly("Authenticator-App");

        String bob = realm.addUserWithPlaintextOtp("bob", "Authenticator app", OLD_SECRET);
        HttpLogin second = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        assertThat(suggestedLabel(second)).isEqualTo("Authenticator app 2");
        assertThat(confirm(second, PhoneApp.scan(second).code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Authenticator app", "Authenticator app 2");
    }

    @Test
    @DisplayName("a name that differs from another only in case is made different")
    void labelTaken(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        HttpLogin login = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        assertThat(confirm(login, PhoneApp.scan(login).code(clock), " BOB'S old phone "))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Bob's old phone", "BOB'S old phone 2");
    }

    @Test
    @Tag("S31")
    @DisplayName("a name that is too long or has invisible characters is refused, and the code remains valid")
    void labelRefused(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = PhoneApp.scan(login);
        String code = phone.code(clock);
        assertThat(confirm(login, code, "x".repeat(65))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("id=\"input-error-label\"", "Use at most 64 characters");
        for (String label : List.of("a\u0007b", "a\u202eb", "a\u2066b", "a\u0000b")) {
            assertThat(confirm(login, code, label)).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body()).contains("id=\"input-error-label\"", "The device name contains characters");
        }
        assertThat(realm.credentials(alice, "otp")).isEmpty();
        assertThat(realm.events(EventType.UPDATE_CREDENTIAL_ERROR))
                .extracting(EventRepresentation::getError)
                .containsOnly("invalid_input");
        assertThat(confirm(login, code, "x".repeat(64))).isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"><svg onload=x>", "\ud83d\udcf1 \u00dcn\u00e4l's {0} ${realm.name} 50%"})
    @Tag("S31")
    @DisplayName("a name is text: escaped on the page, stored unchanged")
    void labelIsText(String label, Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = PhoneApp.scan(login);
        assertThat(confirm(login, phone.wrongCode(clock), label)).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).doesNotContain("<svg onload");
        assertThat(suggestedLabel(login)).isEqualTo(label);
        assertThat(confirm(login, phone.code(clock), label)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, alice)).containsExactly(label);
    }

    private static String suggestedLabel(HttpLogin login) {
        return login.onPage(LABEL_ON_PAGE);
    }
}
