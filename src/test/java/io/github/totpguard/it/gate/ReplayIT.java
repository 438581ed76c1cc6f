package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** A code is accepted for one login only, from any sender, at any repetition, in any spelling. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Replay")
final class ReplayIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final int PARALLEL = 64;
    private static final int ROUNDS = 25;

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("S1")
    @Tag("T4")
    @Tag("N3")
    @Tag("A1")
    @DisplayName("a used code is refused in another session with the same answer as a wrong code")
    void usedCode(Realms realms, TestClock clock) {
        TestRealm realm = realmWithBob(realms);
        String code = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
        EventRepresentation refused = realm.events(EventType.LOGIN_ERROR).get(0);
        assertThat(refused.getError()).isEqualTo("invalid_user_credentials");
        assertThat(refused.getDetails()).containsEntry("totp_guard_verdict", "replayed");
    }

    @Test
    @Tag("S3")
    @DisplayName("a used code is refused in every spelling")
    void otherSpellings(Realms realms, TestClock clock) {
        TestRealm realm = realmWithBob(realms);
        String code = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(fullWidth(code))).isEqualTo(Outcome.LOGGED_IN);
        HttpLogin again = HttpLogin.atCodePage(realm, "bob");
        for (String spelling : List.of(code, " " + code, code.substring(0, 3) + "\u00a0" + code.substring(3))) {
            assertThat(again.postOtp(spelling)).isEqualTo(Outcome.CODE_PAGE);
        }
    }

    @Test
    @Tag("S5")
    @Tag("S6")
    @DisplayName("after the code of the next step, neither that code nor the current one is accepted")
    void olderAfterNewer(Realms realms, TestClock clock) {
        TestRealm realm = realmWithBob(realms);
        String present = phone.code(clock);
        String next = phone.code(clock, 1);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(next)).isEqualTo(Outcome.LOGGED_IN);
        HttpLogin again = HttpLogin.atCodePage(realm, "bob");
        assertThat(again.postOtp(present)).isEqualTo(Outcome.CODE_PAGE);
        clock.advance(Duration.ofSeconds(30));
        assertThat(again.postOtp(next)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(again.postOtp(phone.code(clock, 1))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S37")
    @DisplayName("two users with the same secret do not affect each other")
    void sameSecret(Realms realms, TestClock clock) {
        TestRealm realm = realmWithBob(realms);
        realm.addUserWithPlaintextOtp("carol", "phone", SECRET);
        String code = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "carol").postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S2")
    @DisplayName("64 parallel requests with one code cause exactly one login, in 25 rounds")
    void parallel(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("replay")
                .settings(settings -> {
                    settings.setAccessCodeLifespanLogin(100_000);
                    settings.setAccessCodeLifespanUserAction(100_000);
                })
                // Every used code counts as a failure. In this test the replay check must refuse the code, not the
                // lockout.
                .policy("maxFailures", 100)
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        // A refused session stays at the code page, so only the winner of a round has to start again.
        HttpLogin[] sessions = IntStream.range(0, PARALLEL)
                .mapToObj(i -> HttpLogin.atCodePage(realm, "bob"))
                .toArray(HttpLogin[]::new);
        for (int round = 0; round < ROUNDS; round++) {
            String code = phone.code(clock);
            List<Outcome> outcomes = AtOnce.run(PARALLEL, i -> sessions[i].postOtp(code));
            assertThat(outcomes)
                    .as("round %d", round)
                    .containsOnlyOnce(Outcome.LOGGED_IN)
                    .containsOnly(Outcome.LOGGED_IN, Outcome.CODE_PAGE);
            sessions[outcomes.indexOf(Outcome.LOGGED_IN)] = HttpLogin.atCodePage(realm, "bob");
            clock.advance(Duration.ofSeconds(30));
        }
    }

    private static TestRealm realmWithBob(Realms realms) {
        TestRealm realm = realms.guarded("replay").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        return realm;
    }

    private static String fullWidth(String code) {
        StringBuilder wide = new StringBuilder();
        code.chars().forEach(digit -> wide.append((char) (digit - '0' + '\uff10')));
        return wide.toString();
    }
}
