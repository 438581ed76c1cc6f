package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.ServerProcess;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server of 512 MiB with five database connections, and users of its vault who send more than the limits allow. */
@DisplayName("The vault's bounds")
final class VaultBoundsIT {
    private static final int POOL = 5;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String URI = "otpauth://totp/Acme:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme";
    private static final Map<String, Object> IMPORT = Map.of("contents", List.of(URI), "preview", true);

    private static Postgres postgres;
    private static DistributionKeycloak keycloak;
    private static Realms realms;
    private static TestClock clock;

    private TestRealm realm;

    @BeforeAll
    static void start() {
        postgres = Postgres.start("vault-bounds-postgres");
        keycloak = DistributionKeycloak.withHeap(
                "vault-bounds", postgres, "512m", ServerProcess.SHORT_LIVED, List.of("--db-pool-max-size=" + POOL));
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

    @BeforeEach
    void makeRealm() {
        realm = VaultApi.withoutSecondFactor(realms).create();
    }

    @AfterEach
    void deleteRealm() {
        realms.close();
    }

    @Test
    @Tag("S43")
    @Tag("S44")
    @DisplayName("one import per user, two per node; the next is refused at once, before its body is read")
    void places() {
        List<String> tokens = tokens(3);
        VaultApi alice = VaultApi.withToken(realm, tokens.get(0));
        VaultApi carol = VaultApi.withToken(realm, tokens.get(2));
        try (SlowRequest first = SlowRequest.begin(realm, "import", tokens.get(0), json(IMPORT))) {
            assertBusy(alice.post("import", IMPORT), "Your import before this one has not ended yet");
            assertThat(carol.post("import", IMPORT).statusCode()).isEqualTo(200);
            try (SlowRequest second = SlowRequest.begin(realm, "import", tokens.get(1), json(IMPORT))) {
                assertBusy(carol.post("import", IMPORT), "Other users are importing");
                assertThat(carol.add(URI)).isNotEmpty();
                assertThat(second.end()).startsWith("HTTP/1.1 200");
            }
            assertThat(carol.post("import", IMPORT).statusCode()).isEqualTo(200);
            assertThat(first.end()).startsWith("HTTP/1.1 200");
        }
        assertThat(alice.post("import", IMPORT).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("a sender who disconnects in the middle of an import frees its place")
    void left() {
        List<String> tokens = tokens(1);
        SlowRequest gone = SlowRequest.begin(realm, "import", tokens.get(0), json(IMPORT));
        assertBusy(VaultApi.withToken(realm, tokens.get(0)).post("import", IMPORT), "Your import before");
        gone.close();
        Await.until(
                "a free place",
                LIMIT,
                () -> VaultApi.withToken(realm, tokens.get(0))
                                .post("import", IMPORT)
                                .statusCode()
                        == 200);
    }

    @Test
    @Tag("S44")
    @DisplayName("more slow senders than database connections do not block a login")
    void slowSenders() {
        List<String> tokens = tokens(2 * POOL);
        realm.admin().post(realm.path("/clear-user-cache"), Map.of());
        List<SlowRequest> slow = new ArrayList<>();
        try {
            tokens.forEach(token -> slow.add(SlowRequest.begin(realm, "accounts", token, json(Map.of("uri", URI)))));
            assertThat(passwordToken("user0")).isNotEmpty();
            slow.forEach(request -> assertThat(request.end()).startsWith("HTTP/1.1 201"));
        } finally {
            slow.forEach(SlowRequest::close);
        }
    }

    @Test
    @Tag("S44")
    @DisplayName("while a key is derived for an import, no database connection is held")
    void deriving() {
        List<String> tokens = tokens(1);
        realm.admin().post(realm.path("/clear-user-cache"), Map.of());
        Database database = Database.of(keycloak);
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() ->
                VaultApi.withToken(realm, tokens.get(0)).call("POST", "import", AbuseShape.encrypted(16, 1 << 15, 1)));
        Await.until("a key that is derived without a connection", LIMIT, () -> {
            assertThat(answer).as("the import has ended").isNotDone();
            return isDeriving() && connectionsInUse(database) == 0 && isDeriving();
        });
        assertThat(VaultApi.error(answer.join())).isEqualTo("400 password_wrong");
    }

    @Test
    @Tag("S43")
    @DisplayName(
            "whatever four users send at the same time, the server stays alive, and every answer says what is wrong")
    void abuse() {
        VaultAbuse abuse = VaultAbuse.prepare(realms, clock, 4);
        abuse.run(1, n -> n < AbuseShape.KINDS);
        abuse.answers().forEach((what, times) -> System.out.println("abuse | " + what + " | " + times));
        assertThat(abuse.untyped()).isEmpty();
        assertThat(keycloak.isAlive()).isTrue();
        assertThat(keycloak.log()).doesNotContain("OutOfMemoryError").doesNotContain("Uncaught server error");
        assertThat(Http.answers(realm.uri() + "/.well-known/openid-configuration"))
                .isTrue();
    }

    private static boolean isDeriving() {
        return keycloak.jcmd("Thread.print").contains("crypto.generators.SCrypt.");
    }

    private static int connectionsInUse(Database database) {
        return Integer.parseInt(database.text("select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
                + " and datname = current_database() and state in ('active', 'idle in transaction')"));
    }

    private static void assertBusy(HttpResponse<String> answer, String details) {
        assertThat(VaultApi.error(answer)).isEqualTo("503 busy");
        assertThat(VaultApi.body(answer).path("details").asText()).startsWith(details);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private List<String> tokens(int users) {
        return IntStream.range(0, users)
                .mapToObj(i -> {
                    VaultApi.addUser(realm, "user" + i);
                    return passwordToken("user" + i);
                })
                .toList();
    }

    private String passwordToken(String user) {
        return VaultApi.passwordToken(realm, user);
    }

    private static String json(Map<String, Object> body) {
        return AdminApi.JSON.valueToTree(body).toString();
    }
}
