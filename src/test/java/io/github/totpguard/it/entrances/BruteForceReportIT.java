package io.github.totpguard.it.entrances;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Ports;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;

/** A success clears Keycloak's own counters as without TOTP Guard, and no other success is reported to Keycloak. */
@DisplayName("Keycloak's brute-force counters")
final class BruteForceReportIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Postgres postgres;
    private static DistributionKeycloak keycloak;
    private static TestClock clock;
    private static Realms realms;

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @BeforeAll
    static void start() {
        postgres = Postgres.start("brute-force-postgres");
        keycloak = DistributionKeycloak.onSharedDatabase(
                "brute-force",
                Ports.free(),
                postgres,
                List.of(
                        "--hostname-strict=false",
                        "--cache=local",
                        // Keycloak logs at this level what was reported to it.
                        "--log-level=info,org.keycloak.services.managers:trace"));
        clock = new TestClock(keycloak.baseUrl());
        realms = new Realms(new AdminApi(keycloak.baseUrl()), clock);
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @AfterEach
    void deleteRealms() {
        realms.close();
    }

    @Test
    @DisplayName("after a wrong password the right login with a code clears the count; the next login reports nothing")
    void wrongPassword() {
        TestRealm realm = protectedRealm(realms.guarded("reports")).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        long before = reports();
        assertThat(logIn(realm)).isEqualTo(Outcome.LOGGED_IN);

        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        wrongPassword(realm, login);
        awaitFailures(realm, bob, 1);
        finish(login);
        awaitFailures(realm, bob, 0);

        assertThat(logIn(realm)).isEqualTo(Outcome.LOGGED_IN);
        // The success after another wrong password is the last report in the log.
        HttpLogin last = HttpLogin.open(OidcLogin.to(realm));
        wrongPassword(realm, last);
        awaitFailures(realm, bob, 1);
        finish(last);
        awaitFailures(realm, bob, 0);
        awaitReports(before + 2);
    }

    @Test
    @DisplayName("after wrong codes, the right code clears the count")
    void wrongCodes() {
        TestRealm realm = protectedRealm(realms.guarded("reports")).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = atCodePage(realm);
        wrongCode(realm, login);
        awaitFailures(realm, bob, 1);
        wrongCode(realm, login);
        awaitFailures(realm, bob, 2);
        finish(login);
        awaitFailures(realm, bob, 0);
        assertThat(count(realm, bob, "numSecondaryAuthFailures")).isZero();
    }

    @Test
    @DisplayName("a success is reported even if the failure of the same login has not been counted yet")
    void notCountedYet() {
        TestRealm realm = protectedRealm(realms.guarded("reports")).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        wrongPassword(realm, login);
        awaitFailures(realm, bob, 1);
        assertReportedThoughNotCounted(realm, bob, login);
    }

    @Test
    @DisplayName("failuresPerLogin: after a code that ends the login, the success of the next login is reported")
    void endedLogin() {
        TestRealm realm = protectedRealm(realms.guarded("reports"))
                .policy("failuresPerLogin", 1)
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = atCodePage(realm);
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.PASSWORD_PAGE);
        awaitFailures(realm, bob, 1);
        assertReportedThoughNotCounted(realm, bob, login);
    }

    @Test
    @DisplayName("permanent lockout counts consecutive failures: a success between them restarts the count")
    void permanentLockout() {
        TestRealm realm = protectedRealm(realms.guarded("reports"))
                .settings(settings -> {
                    settings.setPermanentLockout(true);
                    settings.setFailureFactor(3);
                })
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 2; i++) {
            HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
            wrongPassword(realm, login);
            awaitFailures(realm, bob, 1);
            wrongPassword(realm, login);
            awaitFailures(realm, bob, 2);
            finish(login);
            awaitFailures(realm, bob, 0);
        }
        assertThat(realm.user(bob).isEnabled()).isTrue();
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        for (int failures = 1; failures <= 3; failures++) {
            wrongPassword(realm, login);
            awaitFailures(realm, bob, failures);
        }
        Await.until("the lockout", LIMIT, () -> !realm.user(bob).isEnabled());
    }

    @Test
    @DisplayName(
            "maxSecondaryAuthFailures: a right code clears the count, and too many wrong codes in a row lock the user")
    void secondaryFailures() {
        TestRealm realm = protectedRealm(realms.guarded("reports"))
                .settings(settings -> settings.setMaxSecondaryAuthFailures(2))
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 2; i++) {
            HttpLogin login = atCodePage(realm);
            wrongCode(realm, login);
            awaitFailures(realm, bob, 1);
            wrongCode(realm, login);
            awaitFailures(realm, bob, 2);
            finish(login);
            awaitFailures(realm, bob, 0);
        }
        assertThat(realm.user(bob).isEnabled()).isTrue();
        HttpLogin login = atCodePage(realm);
        wrongCode(realm, login);
        awaitFailures(realm, bob, 1);
        wrongCode(realm, login);
        awaitFailures(realm, bob, 2);
        wrongCode(realm, login);
        Await.until("the lockout", LIMIT, () -> !realm.user(bob).isEnabled());
    }

    @Test
    @Tag("D4")
    @DisplayName("where TOTP Guard is off, every success is reported and clears the count")
    void off() {
        TestRealm realm = protectedRealm(realms.plain("reports")).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        long before = reports();
        // Keycloak does not apply the tests' clock when it verifies its own codes.
        Instant now = Instant.now();
        finish(HttpLogin.open(OidcLogin.to(realm)), phone.codeAt(now));
        awaitReports(before + 1);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        wrongPassword(realm, login);
        awaitFailures(realm, bob, 1);
        finish(login, phone.codeAt(now.plusSeconds(30)));
        awaitFailures(realm, bob, 0);
        awaitReports(before + 2);
    }

    private static Realms.Builder protectedRealm(Realms.Builder realm) {
        // Otherwise two failures within a second lock the user immediately.
        return realm.bruteForceProtected(30).settings(settings -> settings.setQuickLoginCheckMilliSeconds(0L));
    }

    private Outcome logIn(TestRealm realm) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        finish(login);
        return login.outcome();
    }

    /** Keycloak refuses the user while its brute-force job runs, so every right input is repeated. */
    private void finish(HttpLogin login) {
        // An accepted code is not accepted a second time.
        clock.advance(Duration.ofSeconds(30));
        finish(login, phone.code(clock));
    }

    private static void finish(HttpLogin login, String code) {
        if (login.outcome() == Outcome.PASSWORD_PAGE) {
            Await.until("the code page", LIMIT, () -> login.postPassword("bob", "bob") == Outcome.CODE_PAGE);
        }
        Await.until("the login", LIMIT, () -> login.postOtp(code) == Outcome.LOGGED_IN);
    }

    private static HttpLogin atCodePage(TestRealm realm) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        Await.until("the code page", LIMIT, () -> login.postPassword("bob", "bob") == Outcome.CODE_PAGE);
        return login;
    }

    private static void wrongPassword(TestRealm realm, HttpLogin login) {
        repeatWhileRefused(realm, () -> login.postPassword("bob", "wrong"));
    }

    private void wrongCode(TestRealm realm, HttpLogin login) {
        repeatWhileRefused(realm, () -> login.postOtp(phone.wrongCode(clock)));
    }

    private static void repeatWhileRefused(TestRealm realm, Runnable attempt) {
        Await.until("an attempt that counts", LIMIT, () -> {
            attempt.run();
            return "invalid_user_credentials"
                    .equals(realm.events(EventType.LOGIN_ERROR).get(0).getError());
        });
    }

    private static void awaitFailures(TestRealm realm, String user, int failures) {
        Await.until(failures + " failures", LIMIT, () -> count(realm, user, "numFailures") == failures);
    }

    private static int count(TestRealm realm, String user, String what) {
        return realm.admin()
                .get(realm.path("/attack-detection/brute-force/users/" + user))
                .path(what)
                .asInt();
    }

    private static void awaitReports(long count) {
        Await.until("report " + count, LIMIT, () -> reports() >= count);
        assertThat(reports()).isEqualTo(count);
    }

    /** Removes the count, as if Keycloak's job had not run yet, and completes the login. */
    private void assertReportedThoughNotCounted(TestRealm realm, String user, HttpLogin login) {
        realm.admin().delete(realm.path("/attack-detection/brute-force/users/" + user));
        long before = reports();
        finish(login);
        awaitReports(before + 1);
    }

    private static long reports() {
        return keycloak.log()
                .lines()
                .filter(line -> line.contains("sent success event"))
                .count();
    }
}
