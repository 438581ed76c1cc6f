package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Users of a vault who send every {@link AbuseShape}, each in a loop of its own, and the answers that they get. */
final class VaultAbuse {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final Set<Integer> TYPED = Set.of(400, 404, 408, 409, 413, 429, 503);
    private static final int ACCOUNTS = 100;

    private final TestRealm realm;
    private final List<String> tokens = new ArrayList<>();
    private final List<List<AbuseShape>> shapes = new ArrayList<>();
    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final Queue<String> untyped = new ConcurrentLinkedQueue<>();

    private VaultAbuse(TestRealm realm) {
        this.realm = realm;
    }

    /** Users with a second factor, so that they may export, and with a hundred accounts each. */
    static VaultAbuse prepare(Realms realms, TestClock clock, int users) {
        TestRealm realm = VaultApi.realm(realms.guarded("abuse"))
                .policy("proofMaxAge", 3600)
                .settings(settings -> settings.setAccessTokenLifespan(3600))
                .create();
        VaultAbuse abuse = new VaultAbuse(realm);
        IntStream.range(0, users).forEach(i -> abuse.add("user" + i, clock));
        return abuse;
    }

    private void add(String name, TestClock clock) {
        VaultApi.giveRole(realm, realm.addUserWithPlaintextOtp(name, "phone", SECRET));
        HttpLogin login = HttpLogin.atCodePage(realm, name);
        assertThat(login.postOtp(PhoneApp.type(SECRET).code(clock))).isEqualTo(Outcome.LOGGED_IN);
        String token = login.login().accessToken(login.callback());
        VaultApi api = VaultApi.withToken(realm, token);
        HttpResponse<String> stored =
                api.post("import", Map.of("contents", List.of(AbuseShape.uris(ACCOUNTS, "begin"))));
        assertThat(stored.statusCode()).isEqualTo(200);
        tokens.add(token);
        shapes.add(AbuseShape.all(VaultApi.body(stored).path("items").findValuesAsText("id")));
    }

    TestRealm realm() {
        return realm;
    }

    /**
     * Runs all users at the same time, each on several connections.
     *
     * @param goOn asked before each request with its number on this connection, from 0 on
     */
    void run(int connections, IntPredicate goOn) {
        AtOnce.run(tokens.size() * connections, i -> {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            int user = i / connections;
            List<AbuseShape> mine = shapes.get(user);
            // Users and connections start with different shapes.
            int first = i * mine.size() / (tokens.size() * connections);
            for (int n = 0; goOn.test(n); n++) {
                send(client, tokens.get(user), mine.get((first + n) % mine.size()));
            }
            return i;
        });
    }

    /** The number of answers by shape and status; {@code cut} is a connection that ended before an answer. */
    Map<String, LongAdder> answers() {
        return answers;
    }

    /** Answers that the contract of the REST does not define. */
    List<String> untyped() {
        return List.copyOf(untyped);
    }

    private void send(HttpClient client, String token, AbuseShape shape) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm.uri() + "/totp-guard/" + shape.path()))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token);
        if (shape.body().length > 0) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(shape.body()));
        }
        String answer;
        try {
            answer = answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            answer = "cut";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (answer.startsWith("untyped")) {
            untyped.add(shape.name() + ": " + answer);
        }
        answers.computeIfAbsent(shape.name() + " | " + answer, key -> new LongAdder())
                .increment();
    }

    private static String answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 200 || status == 201) {
            return Integer.toString(status);
        }
        String error = error(response.body());
        boolean typed = TYPED.contains(status) && !error.isEmpty();
        return (typed ? "" : "untyped ") + status + " " + error;
    }

    private static String error(String body) {
        try {
            JsonNode answer = AdminApi.JSON.readTree(body);
            return answer == null ? "" : answer.path("error").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
