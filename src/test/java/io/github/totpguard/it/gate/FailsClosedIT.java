package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AdminApiException;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.Database;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;

/**
 * If verification is unavailable, no login succeeds, no count is lost, the user gets a page, and the log says what to
 * do.
 */
@DisplayName("Unavailable verification")
final class FailsClosedIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final int POOL = 10;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static Postgres postgres;
    private static DistributionKeycloak keycloak;
    private static TestClock clock;
    private static Realms realms;
    private static Database database;

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private TestRealm realm;
    private String bob;
    private int logBefore;

    @BeforeAll
    static void start() {
        postgres = Postgres.start("fails-closed-postgres");
        keycloak = DistributionKeycloak.onSharedDatabase(
                "fails-closed",
                Ports.free(),
                postgres,
                List.of("--hostname-strict=false", "--cache=local", "--db-pool-max-size=" + POOL));
        clock = new TestClock(keycloak.baseUrl());
        realms = new Realms(new AdminApi(keycloak.baseUrl()), clock);
        database = Database.of(keycloak);
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

    @BeforeEach
    void makeRealm() {
        realm = realms.guarded("fails").policy("maxFailures", 5).create();
        bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        logBefore = keycloak.log().length();
    }

    @AfterEach
    void deleteRealm() {
        realms.close();
    }

    @Test
    @Tag("S13")
    @DisplayName("database stopped between page and code: no login, a page, a line in the log, and no count is lost")
    void databaseStopped() {
        HttpLogin login = atCodePage("bob");
        assertThat(login.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        HttpLogin same = login.twin();
        postgres.stop();
        try {
            login.postOtp(right());
            assertUnavailable(login, "DATABASE", "check the database");
        } finally {
            postgres.startAgain();
        }
        // The pool detects each dead connection only when it uses it.
        Await.until("the database", LIMIT, () -> IntStream.range(0, POOL).allMatch(i -> failuresOnceAvailable() == 2));
        // The first post shows the page again, because it belongs to a request that was already answered.
        assertThat(same.postOtp(right())).isEqualTo(Outcome.CODE_PAGE);
        assertThat(same.postOtp(right())).isEqualTo(Outcome.LOGGED_IN);
        assertThat(status().path("failures").asInt()).isZero();
    }

    @Test
    @Tag("S13")
    @DisplayName("database refuses the commit: no login, a page, a line in the log, and the code stays valid")
    void commitRefused() {
        HttpLogin login = atCodePage("bob");
        assertThat(login.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        database.update("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'not now'; end $$");
        database.update("create constraint trigger refuse after insert or update on totp_guard_state"
                + " deferrable initially deferred for each row execute function refuse()");
        try {
            login.postOtp(right());
            assertUnavailable(login, "DATABASE", "check the database");
            assertThat(newestError()).isEqualTo("totp_guard_unavailable_database");
        } finally {
            database.update("drop trigger refuse on totp_guard_state");
            database.update("drop function refuse");
        }
        assertThat(status().path("failures").asInt()).isEqualTo(1);
        assertThat(atCodePage("bob").postOtp(right())).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S13")
    @DisplayName("all connections in use: no login, a page, a line in the log; waiting attempts are decided afterwards")
    void poolExhausted() throws SQLException {
        realm.addUserWithPlaintextOtp("alice", "phone", SECRET);
        // The row must exist before a connection can lock it.
        assertThat(atCodePage("bob").postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        HttpLogin alice = atCodePage("alice");
        // Now she is in the user cache, so only the decision lacks a connection.
        assertThat(alice.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        List<HttpLogin> waiting =
                IntStream.range(0, POOL).mapToObj(i -> atCodePage("bob")).toList();
        String wrong = wrong();
        CompletableFuture<List<Outcome>> answers;
        try (Connection holder = postgres.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            try (PreparedStatement lock =
                    holder.prepareStatement("select * from totp_guard_state where user_id = ? for update")) {
                lock.setString(1, bob);
                lock.execute();
            }
            answers = CompletableFuture.supplyAsync(
                    () -> AtOnce.run(POOL, i -> waiting.get(i).postOtp(wrong)));
            Await.until(
                    "all attempts wait for the row",
                    LIMIT,
                    () -> Integer.parseInt(database.text(
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"))
                            == POOL);
            alice.postOtp(right());
            assertUnavailable(alice, "DATABASE", "check the database");
            holder.rollback();
        }
        assertThat(answers.join()).contains(Outcome.LOCKED_PAGE);
        assertThat(status().path("failures").asInt()).isEqualTo(5);
        assertThat(atCodePage("alice").postOtp(right())).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S13")
    @DisplayName("row deleted between page and code: the attempt is decided, with a new row")
    void rowMissing() {
        HttpLogin login = atCodePage("bob");
        assertThat(login.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        assertThat(database.update("delete from totp_guard_state where user_id = ?", bob))
                .isEqualTo(1);
        assertThat(login.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        assertThat(status().path("failures").asInt()).isEqualTo(1);
        assertThat(login.postOtp(right())).isEqualTo(Outcome.LOGGED_IN);
        assertThat(atCodePage("bob").postOtp(right())).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S36")
    @DisplayName("row unreadable: no login, a page, an event, a line in the log; the admin REST says what to do")
    void rowUnreadable() {
        HttpLogin login = atCodePage("bob");
        assertThat(login.postOtp(wrong())).isEqualTo(Outcome.CODE_PAGE);
        database.update("update totp_guard_state set state = 'damaged' where user_id = ?", bob);
        login.postOtp(right());
        assertUnavailable(login, "STATE", "delete that one row");
        assertThat(newestError()).isEqualTo("totp_guard_unavailable_state");
        assertThat(database.text("select state from totp_guard_state where user_id = ?", bob))
                .isEqualTo("damaged");

        assertTellsWhatToDo(catchThrowableOfType(AdminApiException.class, this::status));
        assertTellsWhatToDo(catchThrowableOfType(AdminApiException.class, () -> realm.admin()
                .post(realm.path("/totp-guard/users/" + bob + "/unlock"), Map.of())));

        database.update("delete from totp_guard_state where user_id = ?", bob);
        assertThat(atCodePage("bob").postOtp(right())).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S13")
    @DisplayName("policy removed while the page is open: no login, a page, an event, a line in the log")
    void policyRemoved() {
        HttpLogin login = atCodePage("bob");
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        login.postOtp(right());
        assertUnavailable(login, "POLICY", "register and enable the required action totp-guard-setup");
        assertThat(newestError()).isEqualTo("totp_guard_unavailable_policy");
        realm.enableRequiredAction(Realms.SETUP_ACTION, true);
        assertThat(atCodePage("bob").postOtp(right())).isEqualTo(Outcome.LOGGED_IN);
    }

    /**
     * A user who is not in the user cache is read from the database before the code is decided. If those requests kept
     * their connections meanwhile, Keycloak's threads (at least 50) would wait for each other with a pool this small.
     */
    @Test
    @Tag("S13")
    @DisplayName("100 parallel logins, and 100 codes without cached users, succeed on ten connections")
    void smallPool() {
        int people = 100;
        IntStream.range(0, people).forEach(i -> realm.addUserWithPlaintextOtp("user" + i, "phone", SECRET));
        assertAllGetIn("logins", people, i -> atCodePage("user" + i));

        clock.advance(Duration.ofSeconds(60));
        List<HttpLogin> logins =
                IntStream.range(0, people).mapToObj(i -> atCodePage("user" + i)).toList();
        realm.admin().post(realm.path("/clear-user-cache"), Map.of());
        assertAllGetIn("codes, cold cache", people, logins::get);
    }

    /** Keycloak waits for such a database until its transaction timeout, so this server has a short one. */
    @Test
    @Tag("S13")
    @DisplayName(
            "database does not answer: no login, a page, a line in the log, and afterwards everything works as before")
    void databaseFrozen() {
        try (DistributionKeycloak impatient = DistributionKeycloak.onSharedDatabase(
                "fails-closed-impatient",
                Ports.free(),
                postgres,
                List.of("--hostname-strict=false", "--cache=local", "--transaction-default-timeout=15s"))) {
            TestRealm there =
                    new TestRealm(new AdminApi(impatient.baseUrl()), new TestClock(impatient.baseUrl()), realm.name());
            HttpLogin login = HttpLogin.atCodePage(there, "bob");
            assertThat(login.postOtp(phone.wrongCode(there.clock()))).isEqualTo(Outcome.CODE_PAGE);
            int before = impatient.log().length();
            postgres.freeze();
            try {
                login.postOtp(phone.code(there.clock()));
            } finally {
                postgres.thaw();
            }
            // The request's own transaction has timed out too, so the page is Keycloak's, not ours.
            assertThat(login.outcome()).isEqualTo(Outcome.ERROR_PAGE);
            assertThat(login.body()).contains("<html");
            assertLogged(impatient.log().substring(before), "DATABASE", "check the database");
            Await.until("the database", LIMIT, () -> failuresOnceAvailable() == 1);
            Await.until("a login", LIMIT, () -> getsIn(there));
        }
    }

    private boolean getsIn(TestRealm there) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(there));
        return login.outcome() == Outcome.PASSWORD_PAGE
                && login.postPassword("bob", "bob") == Outcome.CODE_PAGE
                && login.postOtp(phone.code(there.clock())) == Outcome.LOGGED_IN;
    }

    private void assertAllGetIn(String what, int people, IntFunction<HttpLogin> begin) {
        long start = System.nanoTime();
        List<Outcome> outcomes = AtOnce.run(people, i -> {
            HttpLogin login = begin.apply(i);
            return login.postOtp(right());
        });
        System.out.printf(
                Locale.ROOT,
                "pool of %d | %s | sent %d | accepted %d | %d ms%n",
                POOL,
                what,
                people,
                outcomes.stream().filter(Outcome.LOGGED_IN::equals).count(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        assertThat(outcomes).containsOnly(Outcome.LOGGED_IN);
    }

    private void assertUnavailable(HttpLogin login, String cause, String advice) {
        assertThat(login.outcome()).isEqualTo(Outcome.ERROR_PAGE);
        assertThat(login.status()).isEqualTo(503);
        assertThat(login.body()).contains("<html").contains("id=\"totp-guard-unavailable\"");
        assertLogged(keycloak.log().substring(logBefore), cause, advice);
    }

    private static void assertLogged(String log, String cause, String advice) {
        assertThat(log.lines())
                .anyMatch(line -> line.contains("VerificationUnavailableException")
                        && line.contains("No verification (" + cause + ")")
                        && line.contains(advice));
    }

    private static void assertTellsWhatToDo(AdminApiException refusal) {
        assertThat(refusal.status()).isEqualTo(503);
        JsonNode answer = AdminApi.parse(refusal.body());
        assertThat(answer.path("error").asText()).isEqualTo("totp_guard_unavailable_state");
        assertThat(answer.path("error_description").asText()).contains("delete that one row");
    }

    private String newestError() {
        return realm.events(EventType.LOGIN_ERROR).get(0).getError();
    }

    private JsonNode status() {
        return realm.admin().get(realm.path("/totp-guard/users/" + bob));
    }

    private int failuresOnceAvailable() {
        try {
            return status().path("failures").asInt();
        } catch (AdminApiException e) {
            assertThat(e.status()).isGreaterThanOrEqualTo(500);
            return -1;
        }
    }

    private HttpLogin atCodePage(String username) {
        return HttpLogin.atCodePage(realm, username);
    }

    private String right() {
        return phone.code(clock);
    }

    private String wrong() {
        return phone.wrongCode(clock);
    }
}
