package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.CountRules;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.HttpBrowser;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/**
 * One attempt gets one decision, on either node. Each scenario prints in one line how many codes were sent, evaluated
 * and accepted. With {@code -Pcluster} all rounds are run, otherwise a tenth of them.
 */
@DisplayName("Two nodes on one database")
final class ClusterIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final int MAX_FAILURES = 5;

    private static Cluster cluster;

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private Realms realms;

    @BeforeAll
    static void start() {
        cluster = Cluster.start();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void makeRealms() {
        realms = cluster.realms();
    }

    @AfterEach
    void deleteRealms() {
        realms.close();
    }

    @Test
    @Tag("S2")
    @DisplayName("one code, 64 threads, two nodes: exactly one login in each round")
    void oneCode() {
        int threads = 64;
        int rounds = rounds(200);
        // Every used code counts as a failure. In this test the replay check must refuse the code, not the lockout.
        TestRealm realm = withLongLogins("cluster").policy("maxFailures", 100).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        // A refused session stays at the code page, so only the winner of a round has to start again.
        HttpLogin[] sessions = atCodePage(realm, threads);
        Tally tally = new Tally("one code");
        for (int round = 0; round < rounds; round++) {
            String code = phone.code(cluster.clock());
            List<Outcome> outcomes = AtOnce.run(threads, i -> sessions[i].postOtp(code));
            outcomes.forEach(tally::add);
            assertThat(outcomes)
                    .as("round %d", round)
                    .containsOnlyOnce(Outcome.LOGGED_IN)
                    .containsOnly(Outcome.LOGGED_IN, Outcome.CODE_PAGE);
            int winner = outcomes.indexOf(Outcome.LOGGED_IN);
            sessions[winner] = HttpLogin.atCodePage(realm, "bob", cluster.node(winner));
            cluster.clock().advance(Duration.ofSeconds(30));
        }
        tally.print();
        assertThat(tally.evaluated).isEqualTo(threads * rounds);
    }

    @Test
    @Tag("S41")
    @DisplayName("rules about counts hold on two nodes: the last device stays, one set-up of several and one list "
            + "of codes are stored")
    void counts() {
        TestRealm realm = withLongLogins("cluster")
                .policy("maxDevices", 1)
                .then(made -> made.registerRequiredAction(BackupCodes.ACTION, "Create backup codes"))
                .create();
        CountRules.lastDevice(realm, cluster.clock(), cluster.node(0), cluster.node(1));
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("maxDevices", "1", "backupCodesOnSetup", "false"));
        CountRules.setUps(realm, cluster.clock(), cluster.node(0), cluster.node(1));
        realm.enableRequiredAction(Realms.SETUP_ACTION, true);
        CountRules.backupCodes(passwordOnly(realm), cluster.node(0), cluster.node(1));
    }

    @Test
    @Tag("S35")
    @Tag("S45")
    @Tag("S46")
    @DisplayName("a vault on two nodes has one new owner, at most 1,000 accounts, each counter once, and no removed "
            + "account changes")
    void vault() {
        TestRealm realm = VaultApi.withoutSecondFactor(realms).create();
        List<String> names = List.of("anna", "ben", "cora");
        names.forEach(name -> VaultApi.addUser(realm, name));
        VaultApi[] anna = atBothNodes(realm, "anna");
        String counted = anna[0].add("otpauth://hotp/Bank:a?secret=" + SECRET + "&issuer=Bank&counter=0");
        // Each node has the user in its cache.
        assertThat(anna[1].ids()).containsExactly(counted);
        assertThat(AtOnce.run(12, i -> anna[i % 2].code(counted)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).mapToObj(phone::codeOfCounter).toList());

        List<Integer> transfers = AtOnce.run(4, i -> anna[i % 2]
                .post("accounts/" + counted + "/transfer", Map.of("username", names.get(1 + i % 2)))
                .statusCode());
        assertThat(transfers).containsOnlyOnce(200).allMatch(status -> List.of(200, 404, 409)
                .contains(status));
        assertThat(atBothNodes(realm, "ben")[0].ids().size()
                        + atBothNodes(realm, "cora")[0].ids().size())
                .isEqualTo(1);

        // A node accepts one import of a user at a time.
        List<Long> stored = AtOnce.run(2, i -> VaultApi.body(anna[i].post(
                        "import",
                        Map.of(
                                "contents",
                                List.of(IntStream.range(0, 600)
                                        .mapToObj(n -> "otpauth://totp/Shop" + i + ":u" + n + "?secret=" + SECRET)
                                        .collect(Collectors.joining("\n"))))))
                .path("items")
                .findValuesAsText("id")
                .stream()
                .count());
        assertThat(stored.stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
        assertThat(anna[0].list("").path("total").asInt()).isEqualTo(1000);

        String gone = anna[0].ids().get(0);
        List<Integer> changes = AtOnce.run(
                4,
                i -> i == 0
                        ? anna[0].delete("accounts/" + gone).statusCode()
                        : anna[i % 2]
                                .patch("accounts/" + gone, Map.of("pinned", true))
                                .statusCode());
        assertThat(changes.get(0)).isEqualTo(204);
        assertThat(changes.subList(1, 4)).isSubsetOf(200, 404, 409);
        assertThat(anna[0].list("").path("total").asInt()).isEqualTo(999);
    }

    private static VaultApi[] atBothNodes(TestRealm realm, String user) {
        VaultApi api = VaultApi.withPassword(realm, user);
        return new VaultApi[] {api.through(cluster.node(0)), api.through(cluster.node(1))};
    }

    /** In this flow, users without any factor are not taken to set-up. */
    private static TestRealm passwordOnly(TestRealm realm) {
        realm.flows().bindBrowser("browser");
        return realm;
    }

    @Test
    @Tag("S24")
    @DisplayName("one backup code, 64 threads, two nodes: exactly one login in each round")
    void oneBackupCode() {
        int threads = 64;
        int rounds = rounds(100);
        // Several sets of twenty codes, one after the other. Each round accepts one code, and counts its other attempts
        // as failures.
        TestRealm realm = withLongLogins("cluster")
                .policy("maxFailures", 100)
                .policy("backupCodeCount", 20)
                .then(BackupCodes::beside)
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        List<String> codes = new ArrayList<>(BackupCodes.make(realm, "bob", phone.code(cluster.clock())));
        HttpLogin[] sessions = IntStream.range(0, threads)
                .mapToObj(i -> BackupCodes.atForm(realm, "bob", cluster.node(i)))
                .toArray(HttpLogin[]::new);
        Tally tally = new Tally("one backup code");
        for (int round = 0; round < rounds; round++) {
            if (codes.size() == 1) {
                cluster.clock().advance(Duration.ofSeconds(30));
                codes = new ArrayList<>(BackupCodes.make(realm, "bob", phone.code(cluster.clock())));
            }
            String code = codes.remove(0);
            realm.clearEvents();
            List<Boolean> accepted = AtOnce.run(threads, i -> {
                BackupCodes.enter(sessions[i], code);
                return !sessions[i].body().contains("input-error-backupCode");
            });
            assertThat(accepted).as("round %d", round).containsOnlyOnce(true);
            assertThat(verdicts(realm)).as("round %d", round).isEqualTo(Map.of("replayed", (long) threads - 1));
            tally.add(threads, threads, 1);
            int winner = accepted.indexOf(true);
            sessions[winner] = BackupCodes.atForm(realm, "bob", cluster.node(winner));
        }
        tally.print();
        assertThat(realm.credentials(bob, BackupCodes.TYPE)).hasSize(1);
    }

    @Test
    @Tag("O1")
    @DisplayName(
            "with 16 tabs on two nodes, the token of a trusted browser is rotated once, and later reuse is detected")
    void trustedBrowser() {
        int tabs = 16;
        TestRealm realm = withLongLogins("cluster")
                .policy("trustedBrowserDays", 30)
                .then(BoundFlows::trustedBrowser)
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);
        browser.trust(realm, "bob", phone.code(cluster.clock()));
        HttpBrowser thief = browser.stolen();
        HttpLogin[] sessions = IntStream.range(0, tabs)
                .mapToObj(i -> browser.open(OidcLogin.to(realm)).through(cluster.node(i)))
                .toArray(HttpLogin[]::new);
        List<Outcome> outcomes = AtOnce.run(tabs, i -> sessions[i].postPassword("bob", "bob"));
        Tally tally = new Tally("trusted browser");
        outcomes.forEach(tally::add);
        tally.print();
        assertThat(outcomes).containsOnly(Outcome.LOGGED_IN);
        assertThat(browser.received()).as("given and rotated").hasSize(2);

        cluster.clock().advance(HttpBrowser.PAST_GRACE);
        HttpLogin theft = thief.open(OidcLogin.to(realm)).through(cluster.node(1));
        assertThat(theft.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(realm.events(EventType.LOGIN_ERROR))
                .extracting(EventRepresentation::getError)
                .contains("totp_guard_trust_stolen");
    }

    @Test
    @Tag("S40")
    @DisplayName("a thief removes the trust at one node, and the owner's 16 tabs on both nodes report the theft once")
    void removedTrust() {
        int tabs = 16;
        TestRealm realm = withLongLogins("cluster")
                .policy("trustedBrowserDays", 30)
                .then(BoundFlows::trustedBrowser)
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);
        browser.trust(realm, "bob", phone.code(cluster.clock()));
        HttpLogin theft = browser.stolen().open(OidcLogin.to(realm)).through(cluster.node(1));
        assertThat(theft.postPassword("bob", "bob")).isEqualTo(Outcome.LOGGED_IN);
        String trust =
                realm.credentials(bob, "totp-guard-trusted-browser").get(0).getId();
        HttpResponse<String> removal = realm.account(theft.login().accessToken(theft.callback()), cluster.node(1))
                .removeCredential(trust);
        assertThat(removal.statusCode()).isEqualTo(204);

        cluster.clock().advance(HttpBrowser.PAST_GRACE);
        HttpLogin[] sessions = IntStream.range(0, tabs)
                .mapToObj(i -> browser.open(OidcLogin.to(realm)).through(cluster.node(i)))
                .toArray(HttpLogin[]::new);
        assertThat(AtOnce.run(tabs, i -> sessions[i].postPassword("bob", "bob")))
                .containsOnly(Outcome.CODE_PAGE);
        assertThat(realm.events(EventType.LOGIN_ERROR))
                .extracting(EventRepresentation::getError)
                .containsExactly("totp_guard_trust_stolen");
    }

    @Test
    @Tag("D3")
    @Tag("S8")
    @DisplayName("of 500 parallel wrong codes and a right one on two nodes, at most maxFailures are evaluated")
    void parallelGuesses() {
        int wrong = 500;
        int rounds = rounds(20);
        TestRealm realm =
                withLongLogins("cluster").policy("maxFailures", MAX_FAILURES).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin[] sessions = atCodePage(realm, wrong + 1);
        Tally tally = new Tally("500 guesses");
        for (int round = 0; round < rounds; round++) {
            List<String> codes = new ArrayList<>(phone.wrongCodes(cluster.clock(), wrong));
            // The right code is at another position in each round, and so at another node.
            codes.add(round * wrong / rounds, phone.code(cluster.clock()));
            realm.clearEvents();
            List<Outcome> outcomes = AtOnce.run(wrong + 1, i -> enter(sessions[i], codes.get(i)));

            int accepted = realm.events(EventType.LOGIN).size();
            int guesses = verdicts(realm).getOrDefault("mismatch", 0L).intValue();
            tally.add(wrong + 1, guesses + accepted, accepted);
            assertThat(outcomes.stream().filter(Outcome.LOGGED_IN::equals))
                    .as("accepted in round %d", round)
                    .hasSize(accepted)
                    .hasSizeLessThanOrEqualTo(1);
            if (accepted == 0) {
                assertThat(guesses).as("evaluated in round %d", round).isEqualTo(MAX_FAILURES);
                assertThat(verdicts(realm)).containsOnlyKeys("mismatch", "locked");
            } else {
                // The right code was among the first five and cleared the count; after it five more were evaluated.
                assertThat(guesses).as("evaluated in round %d", round).isBetween(MAX_FAILURES, 2 * MAX_FAILURES - 1);
            }
            for (int i = 0; i < sessions.length; i++) {
                if (sessions[i].outcome() == Outcome.LOGGED_IN) {
                    sessions[i] = HttpLogin.atCodePage(realm, "bob", cluster.node(i));
                }
            }
            realm.admin().post(realm.path("/totp-guard/users/" + bob + "/unlock"), Map.of());
            cluster.clock().advance(Duration.ofSeconds(30));
        }
        tally.print();
    }

    @Test
    @Tag("S7")
    @Tag("S9")
    @DisplayName("if a node is killed between page and post, the other node continues, and no count is lost")
    void killedNode() {
        TestRealm realm = realms.guarded("cluster")
                .policy("maxFailures", MAX_FAILURES)
                .policy("lockSeconds", 3600)
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        Tally tally = new Tally("node killed");
        HttpLogin login = HttpLogin.atCodePage(realm, "bob", cluster.first().baseUrl());
        for (int i = 0; i < MAX_FAILURES - 2; i++) {
            assertThat(tally.add(login.postOtp(phone.wrongCode(cluster.clock()))))
                    .isEqualTo(Outcome.CODE_PAGE);
        }
        cluster.first().kill();
        try {
            login.through(cluster.second().baseUrl());
            assertThat(tally.add(login.postOtp(phone.wrongCode(cluster.clock()))))
                    .isEqualTo(Outcome.CODE_PAGE);
            // This code is evaluated and sets off the lock.
            assertThat(login.postOtp(phone.wrongCode(cluster.clock()))).isEqualTo(Outcome.LOCKED_PAGE);
            tally.add(1, 1, 0);
            assertThat(tally.add(enter(login, phone.code(cluster.clock())))).isEqualTo(Outcome.LOCKED_PAGE);
            HttpLogin another =
                    HttpLogin.atCodePage(realm, "bob", cluster.second().baseUrl());
            assertThat(tally.add(another.postOtp(phone.code(cluster.clock())))).isEqualTo(Outcome.LOCKED_PAGE);
        } finally {
            cluster.startAgain(cluster.first());
        }
        JsonNode status = realm.admin().get(realm.path("/totp-guard/users/" + bob));
        assertThat(status.path("failures").asInt()).isEqualTo(MAX_FAILURES);
        assertThat(status.path("locks").asInt()).isEqualTo(1);
        tally.print();
        assertThat(tally.evaluated).isEqualTo(MAX_FAILURES);
    }

    @Test
    @Tag("S2")
    @Tag("T4")
    @DisplayName(
            "while both nodes are restarted in turn under load, no code is accepted twice, and a node always answers")
    void rollingRestart() {
        int users = 3;
        TestRealm realm = withLongLogins("cluster").policy("maxFailures", 100).create();
        OtpLoad load = new OtpLoad(cluster, realm, users);
        load.during(() -> {
            load.awaitLogins("with both nodes");
            for (DistributionKeycloak node : List.of(cluster.first(), cluster.second())) {
                node.stop();
                load.awaitLogins("with one node");
                cluster.startAgain(node);
                load.awaitLogins("with both nodes again");
            }
        });
        Tally tally = new Tally("rolling restart");
        load.outcomes().forEach(tally::add);
        tally.print();
        assertThat(load.accepted()).doesNotHaveDuplicates();
        // This includes lost answers: there are no more logins than codes.
        assertThat(realm.events(EventType.LOGIN))
                .hasSizeBetween(load.accepted().size(), load.sent().size());
    }

    @Test
    @Tag("S2")
    @DisplayName("if the database is killed right after an acceptance and restarted, the other node refuses the code")
    void databaseKilled() {
        int rounds = rounds(50);
        TestRealm realm = withLongLogins("cluster")
                .policy("maxFailures", 100)
                // Storing an event would wait for the disk, and so would the acceptance before it.
                .settings(settings -> settings.setEventsEnabled(false))
                .create();
        Database database = new Database(cluster.postgres().dataSource()::getConnection);
        int forgotten = 0;
        for (int round = 0; round < rounds; round++) {
            String user = "user" + round;
            String id = realm.addUserWithPlaintextOtp(user, "phone", SECRET);
            assertThat(HttpLogin.atCodePage(realm, user, cluster.node(round)).postOtp(phone.code(cluster.clock())))
                    .isEqualTo(Outcome.LOGGED_IN);
            cluster.clock().advance(Duration.ofSeconds(30));
            String code = phone.code(cluster.clock());
            long before = lastStep(database, id);
            HttpLogin login = HttpLogin.atCodePage(realm, user, cluster.node(round));
            assertThat(login.postOtp(code)).as("round %d", round).isEqualTo(Outcome.LOGGED_IN);

            cluster.postgres().kill();
            cluster.postgres().startAgain();
            forgotten += lastStep(database, id) == before ? 1 : 0;
            awaitDatabase(realm);
            assertThat(grant(realm, user, code, cluster.node(round + 1)).body())
                    .as("round %d", round)
                    .contains("Invalid one-time code");
            assertThat(realm.admin()
                            .get(realm.path("/totp-guard/users/" + id))
                            .path("failures")
                            .asInt())
                    .isEqualTo(1);
        }
        System.out.printf(
                "database killed: %d rounds, of which it forgot the acceptance %d times%n", rounds, forgotten);
    }

    private static long lastStep(Database database, String user) {
        return Long.parseLong(database.text("SELECT LAST_STEP FROM TOTP_GUARD_STATE WHERE USER_ID = ?", user));
    }

    /** A node detects each dead connection only when it uses it, and uses the same few connections again and again. */
    private static void awaitDatabase(TestRealm realm) {
        for (DistributionKeycloak node : List.of(cluster.first(), cluster.second())) {
            int[] answers = {0};
            Await.until("the database", Duration.ofMinutes(2), () -> {
                // This user does not exist, so no cache can answer.
                boolean answered =
                        grant(realm, "nobody", "000000", node.baseUrl()).statusCode() < 500;
                answers[0] = answered ? answers[0] + 1 : 0;
                return answers[0] == 10;
            });
        }
    }

    private static HttpResponse<String> grant(TestRealm realm, String user, String code, URI node) {
        return realm.tokens(node).grant(user, Map.of("otp", code));
    }

    private static int rounds(int all) {
        return Boolean.getBoolean("cluster.full") ? all : all / 10;
    }

    /** A realm whose logins do not expire when the test moves the clock. */
    private Realms.Builder withLongLogins(String name) {
        return realms.guarded(name).settings(settings -> {
            settings.setAccessCodeLifespanLogin(100_000);
            settings.setAccessCodeLifespanUserAction(100_000);
        });
    }

    private static HttpLogin[] atCodePage(TestRealm realm, int sessions) {
        return IntStream.range(0, sessions)
                .parallel()
                .mapToObj(i -> HttpLogin.atCodePage(realm, "bob", cluster.node(i)))
                .toArray(HttpLogin[]::new);
    }

    /** Enters a code, on the code page or on the locked page. */
    private static Outcome enter(HttpLogin login, String code) {
        return login.post(login.outcome() == Outcome.LOCKED_PAGE ? "retry" : "otp", Map.of("otp", code));
    }

    /** The number of failed logins in the realm's events, by verdict. */
    private static Map<String, Long> verdicts(TestRealm realm) {
        return realm.events(EventType.LOGIN_ERROR).stream()
                .collect(Collectors.groupingBy(
                        event -> event.getDetails().get("totp_guard_verdict"), Collectors.counting()));
    }

    private static final class Tally {
        private final String scenario;
        private int sent;
        private int evaluated;
        private int accepted;

        Tally(String scenario) {
            this.scenario = scenario;
        }

        /** Counts by the resulting page: the page of a locked user means that the code was not evaluated. */
        Outcome add(Outcome outcome) {
            boolean wasAccepted = outcome == Outcome.LOGGED_IN;
            add(1, wasAccepted || outcome == Outcome.CODE_PAGE ? 1 : 0, wasAccepted ? 1 : 0);
            return outcome;
        }

        void add(int more, int evaluatedOfThem, int acceptedOfThem) {
            sent += more;
            evaluated += evaluatedOfThem;
            accepted += acceptedOfThem;
        }

        void print() {
            System.out.printf(
                    Locale.ROOT,
                    "cluster | %s | sent %d | evaluated %d | accepted %d%n",
                    scenario,
                    sent,
                    evaluated,
                    accepted);
        }
    }
}
