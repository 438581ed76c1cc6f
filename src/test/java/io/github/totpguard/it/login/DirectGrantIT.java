package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.UserRepresentation;

/** Clients without a browser send a code with every grant, and get errors that their developers understand. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Direct grant")
final class DirectGrantIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @DisplayName("the code of any device is accepted, as otp and as totp; if both are sent, otp is used")
    void anyDevice(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms);
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        assertThat(grant(realm, Map.of("otp", phone.code(clock))).statusCode()).isEqualTo(200);
        assertThat(grant(realm, Map.of("totp", phone.code(clock, 1))).statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        assertThat(grant(realm, Map.of("otp", phone.wrongCode(clock), "totp", phone.code(clock)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails()).containsEntry("totp_guard_verdict", "accepted");
    }

    @Test
    @Tag("S16")
    @Tag("S59")
    @DisplayName(
            "a missing, wrong, used or incomplete code, and a missing device, get OAuth errors that say what to do")
    void errors(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms);
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        realm.addUser("alice");
        String used = phone.code(clock);
        assertThat(grant(realm, Map.of("otp", used)).statusCode()).isEqualTo(200);

        assertThat(error(grant(realm, Map.of()))).isEqualTo("A one-time code is required: parameter otp is missing");
        for (String code : new String[] {phone.wrongCode(clock), used}) {
            assertThat(error(grant(realm, Map.of("otp", code)))).isEqualTo("Invalid one-time code");
        }
        for (String code : new String[] {"12 34", "no code", "", "1234567"}) {
            assertThat(error(grant(realm, Map.of("otp", code)))).isEqualTo("Enter all 6 digits of the one-time code");
        }
        assertThat(error(grant(realm, Map.of("username", "alice", "password", "alice", "otp", "123456"))))
                .isEqualTo("The account has no authenticator device: sign in with a browser to set one up");
        assertThat(realm.events(EventType.LOGIN_ERROR))
                .allSatisfy(event -> assertThat(event.getError()).isEqualTo("invalid_user_credentials"));
    }

    @Test
    @Tag("S11")
    @Tag("S16")
    @DisplayName("a locked user gets the duration, in the body and in Retry-After, for any code")
    void locked(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms);
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 5; i++) {
            grant(realm, Map.of("otp", phone.wrongCode(clock)));
        }
        for (String code : new String[] {phone.code(clock), phone.wrongCode(clock), "no code"}) {
            HttpResponse<String> response = grant(realm, Map.of("otp", code));
            assertThat(error(response)).matches("Too many invalid one-time codes: try again in \\d+ seconds");
            assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);
        }
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(HttpLogin.Outcome.LOCKED_PAGE);
        clock.advance(Duration.ofSeconds(61));
        assertThat(grant(realm, Map.of("otp", phone.code(clock))).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("a hard lock answers that an administrator has to unlock the account")
    void hardLocked(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms, "maxFailures", "1", "hardLockFailures", "1");
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 2; i++) {
            assertThat(error(grant(realm, Map.of("otp", phone.wrongCode(clock)))))
                    .isEqualTo("Too many invalid one-time codes: an administrator has to unlock the account");
        }
    }

    @Test
    @Tag("S36")
    @DisplayName("if verification is unavailable, the client is told so, and no failure is counted")
    void unavailable(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms);
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        HttpResponse<String> response = grant(realm, Map.of("otp", phone.code(clock)));
        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode body = AdminApi.parse(response.body());
        assertThat(body.path("error").asText()).isEqualTo("temporarily_unavailable");
        assertThat(body.path("error_description").asText()).contains("nothing was counted");
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getError()).isEqualTo("totp_guard_unavailable_policy");
    }

    @Test
    @DisplayName("a second device of the same user is accepted too, without naming it")
    void secondDevice(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms);
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("phone", SECRET),
                People.plaintextOtp("tablet", OTHER_SECRET)));
        realm.addUser(bob);
        assertThat(grant(realm, Map.of("otp", PhoneApp.type(OTHER_SECRET).code(clock)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(grant(realm, Map.of("otp", phone.code(clock))).statusCode()).isEqualTo(200);
    }

    private static TestRealm realm(Realms realms, String... policy) {
        Realms.Builder builder = realms.guarded("grant").then(DirectGrantIT::askInDirectGrant);
        for (int i = 0; i < policy.length; i += 2) {
            builder.policy(policy[i], policy[i + 1]);
        }
        return builder.create();
    }

    private static void askInDirectGrant(TestRealm realm) {
        Flows flows = realm.flows();
        flows.copy("direct grant", "totp-guard direct grant");
        flows.executions("totp-guard direct grant").stream()
                .filter(execution -> execution.getDisplayName().endsWith("Conditional OTP"))
                .forEach(execution -> flows.remove(execution.getId()));
        flows.add("totp-guard direct grant", "totp-guard-direct-grant", "REQUIRED");
        flows.bindDirectGrant("totp-guard direct grant");
    }

    private static String error(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = AdminApi.parse(response.body());
        assertThat(body.path("error").asText()).isEqualTo("invalid_grant");
        return body.path("error_description").asText();
    }

    private static HttpResponse<String> grant(TestRealm realm, Map<String, String> parameters) {
        return realm.tokens().grant("bob", parameters);
    }
}
