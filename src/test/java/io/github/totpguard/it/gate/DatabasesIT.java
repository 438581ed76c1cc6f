package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.DatabaseServer;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.H2File;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.MariaDb;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Ports;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;

/** On each database the changelog applies, the row lock works, and rows of an earlier version can be read. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Databases")
final class DatabasesIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final int PARALLEL = 32;
    private static final int ROUNDS = 5;
    private static final int GUESSES = 20;
    private static final int MAX_FAILURES = 5;

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("S2")
    @Tag("S8")
    @DisplayName("PostgreSQL: one login of 32 with one code, five of 20 guesses evaluated, rows of 0.1.0 readable")
    void postgres(Realms realms, TestClock clock, Database database) {
        holds(realms, clock, database);
    }

    @Test
    @Tag("S2")
    @Tag("S8")
    @DisplayName(
            "on H2 (own schema): one login of 32 with one code, five of 20 guesses evaluated, rows of 0.1.0 readable")
    void h2() {
        holdsOn(H2File.in("databases-h2-data"), "databases-h2");
    }

    @Test
    @Tag("S2")
    @Tag("S8")
    @DisplayName("MariaDB: one login of 32 with one code, five of 20 guesses evaluated, rows of 0.1.0 readable")
    void mariaDb() {
        assumeTrue(Boolean.getBoolean("databases.mariadb"), "MariaDB is tested only with -Pmariadb");
        assumeTrue(
                MariaDb.isInstalled(),
                "no mariadbd on the PATH or in /usr/sbin: install it, on Debian with apt-get install mariadb-server");
        holdsOn(MariaDb.start("databases-mariadb-data"), "databases-mariadb");
    }

    private void holdsOn(DatabaseServer server, String name) {
        try (server;
                DistributionKeycloak keycloak = DistributionKeycloak.onSharedDatabase(
                        name, Ports.free(), server, List.of("--hostname-strict=false", "--cache=local"))) {
            TestClock clock = new TestClock(keycloak.baseUrl());
            try (Realms realms = new Realms(new AdminApi(keycloak.baseUrl()), clock)) {
                holds(realms, clock, Database.of(keycloak));
            }
        }
    }

    private void holds(Realms realms, TestClock clock, Database database) {
        oneCode(realms, clock);
        guesses(realms, clock);
        storedRow(realms, clock, database);
    }

    /** In the first round there is no row yet, and all threads try to create it. */
    private void oneCode(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("databases").policy("maxFailures", 100).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int round = 0; round < ROUNDS; round++) {
            HttpLogin[] sessions = atCodePage(realm, PARALLEL);
            String code = phone.code(clock);
            assertThat(AtOnce.run(PARALLEL, i -> sessions[i].postOtp(code)))
                    .as("round %d", round)
                    .containsOnlyOnce(Outcome.LOGGED_IN)
                    .containsOnly(Outcome.LOGGED_IN, Outcome.CODE_PAGE);
            clock.advance(Duration.ofSeconds(30));
        }
    }

    private void guesses(Realms realms, TestClock clock) {
        TestRealm realm =
                realms.guarded("databases").policy("maxFailures", MAX_FAILURES).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin[] sessions = atCodePage(realm, GUESSES);
        List<String> codes = phone.wrongCodes(clock, GUESSES);
        AtOnce.run(GUESSES, i -> sessions[i].postOtp(codes.get(i)));
        Map<String, Long> verdicts = realm.events(EventType.LOGIN_ERROR).stream()
                .collect(Collectors.groupingBy(
                        event -> String.valueOf(event.getDetails().get("totp_guard_verdict")), Collectors.counting()));
        assertThat(verdicts)
                .containsOnly(
                        Map.entry("mismatch", (long) MAX_FAILURES), Map.entry("locked", (long) GUESSES - MAX_FAILURES));
    }

    /** The state text as version 0.1.0 wrote it: three failures, and a device whose current code was used. */
    private void storedRow(Realms realms, TestClock clock, Database database) {
        TestRealm realm =
                realms.guarded("databases").policy("maxFailures", MAX_FAILURES).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        long now = clock.now().getEpochSecond();
        database.update(
                "INSERT INTO TOTP_GUARD_STATE (USER_ID, REALM_ID, STATE) VALUES (?, ?, ?)",
                bob,
                realm.settings().getId(),
                "{\"v\":1,\"t\":{\"f\":8,\"n\":3,\"l\":1,\"u\":" + (now - 60) + "},\"d\":{\"" + device + "\":{\"s\":"
                        + now / 30 + ",\"u\":" + now + "}}}");
        assertThat(status(realm, bob).path("failures").asInt()).isEqualTo(8);
        assertThat(status(realm, bob).path("locks").asInt()).isEqualTo(1);

        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.codeAt(Instant.ofEpochSecond(now)))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "replayed");
        assertThat(status(realm, bob).path("failures").asInt()).isEqualTo(9);

        clock.advance(Duration.ofSeconds(30));
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(status(realm, bob).path("failures").asInt()).isZero();
        assertThat(status(realm, bob).path("lastUsed").path(device).asLong()).isGreaterThan(now);
        assertThat(database.rows("SELECT USER_ID FROM TOTP_GUARD_STATE WHERE USER_ID = ?", bob))
                .hasSize(1);
    }

    private static HttpLogin[] atCodePage(TestRealm realm, int sessions) {
        return IntStream.range(0, sessions)
                .mapToObj(i -> HttpLogin.atCodePage(realm, "bob"))
                .toArray(HttpLogin[]::new);
    }

    private static JsonNode status(TestRealm realm, String user) {
        return realm.admin().get(realm.path("/totp-guard/users/" + user));
    }
}
