package io.github.totpguard.it.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;

/** The events that an attempt stores in the realm. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Details of events")
final class EventDetailsIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("N14")
    @DisplayName("a login, and a refused code that was used before, name the device by id and label")
    void device(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("events").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "Bob's phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        String code = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.CODE_PAGE);

        assertThat(details(realm, EventType.LOGIN))
                .containsEntry("totp_guard_verdict", "accepted")
                .containsEntry("selected_credential_id", device)
                .containsEntry("credential_user_label", "Bob's phone")
                .doesNotContainKeys("totp_guard_locked_until", "totp_guard_password_change");
        assertThat(details(realm, EventType.LOGIN_ERROR))
                .containsEntry("totp_guard_verdict", "replayed")
                .containsEntry("selected_credential_id", device)
                .containsEntry("credential_user_label", "Bob's phone");
    }

    @Test
    @Tag("A14")
    @DisplayName("the attempt that sets off a lock contains its end, and later attempts do not")
    void lock(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("events")
                .policy("maxFailures", 1)
                .policy("hardLockFailures", 2)
                .policy("passwordResetAfterLocks", 2)
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        long earliest = clock.now().plusSeconds(58).getEpochSecond();
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        Map<String, String> details = details(realm, EventType.LOGIN_ERROR);
        assertThat(details)
                .containsEntry("totp_guard_verdict", "mismatch")
                .doesNotContainKeys("totp_guard_password_change", "selected_credential_id", "credential_user_label");
        assertThat(Long.parseLong(details.get("totp_guard_locked_until")))
                .isBetween(earliest, clock.now().plusSeconds(61).getEpochSecond());

        login.post("retry", Map.of("otp", phone.code(clock)));
        assertThat(details(realm, EventType.LOGIN_ERROR))
                .containsEntry("totp_guard_verdict", "locked")
                .doesNotContainKey("totp_guard_locked_until");

        clock.advance(Duration.ofMinutes(2));
        HttpLogin.atCodePage(realm, "bob").postOtp(phone.wrongCode(clock));
        assertThat(details(realm, EventType.LOGIN_ERROR))
                .containsEntry("totp_guard_locked_until", "hard")
                .containsEntry("totp_guard_password_change", "true");
    }

    @Test
    @DisplayName("wrong codes at enrolment contain the new device's name and the lock that they set off")
    void setup(Realms realms) {
        TestRealm realm = realms.guarded("events").policy("maxFailures", 1).create();
        realm.addUser("alice");
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        login.postPassword("alice", "alice");
        assertThat(login.post("code", Map.of("code", "000000", "label", "New phone")))
                .isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(details(realm, EventType.UPDATE_CREDENTIAL_ERROR))
                .containsEntry("totp_guard_verdict", "mismatch")
                .containsEntry("credential_user_label", "New phone")
                .containsKeys("credential_id", "totp_guard_locked_until");
    }

    /** The details of the newest event of a type. */
    private static Map<String, String> details(TestRealm realm, EventType type) {
        return realm.events(type).get(0).getDetails();
    }
}
