package io.github.totpguard.bench;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.flushCookieJar;
import static io.gatling.javaapi.http.HttpDsl.headerRegex;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A closed model: some clients, each logging in one user after the other, password and code, without thinking. First
 * all users of A, then all of B, when the servers run for the first time twice; then a long warm-up of both; then turns
 * A B A B ..., each after a short warm-up of its side.
 */
public final class LoginSimulation extends Simulation {

    private static final Duration NOBODY_FREE_PAUSE = Duration.ofMillis(20);
    private static final String START = "start";
    private static final String TIMES = "times";
    private static final String USER = "user";
    private static final String ROUND = "round";
    private static final String ACTION = "action";

    private static final HttpProtocolBuilder PROTOCOL = http.disableFollowRedirect()
            .disableCaching()
            .disableWarmUp()
            .acceptHeader("text/html")
            .userAgentHeader("bench");

    private final List<Phase> phases = phases();

    public LoginSimulation() {
        PopulationBuilder chain = null;
        for (int i = phases.size() - 1; i >= 0; i--) {
            PopulationBuilder population = population(phases.get(i));
            chain = chain == null ? population : population.andThen(chain);
        }
        setUp(chain).protocols(PROTOCOL);
    }

    @Override
    public void after() {
        Path directory = Path.of(System.getProperty("bench.directory"));
        phases.forEach(phase -> phase.write(directory));
    }

    private static List<Phase> phases() {
        int users = Integer.getInteger("bench.users");
        List<Side> sides = List.of(Side.of("A", users), Side.of("B", users));
        Duration warmUp = Duration.ofSeconds(Integer.getInteger("bench.warmup.seconds"));
        Duration turn = Duration.ofSeconds(Integer.getInteger("bench.seconds"));
        List<Phase> phases = new ArrayList<>();
        // Sealing a secret, at the very first login, takes the user out of the cache; the second one brings them back.
        int start = Integer.getInteger("bench.start");
        for (int round = start == 1 ? 1 : 2; round <= 2; round++) {
            for (Side side : sides) {
                phases.add(Phase.ofLogins("everybody " + side.name() + round, side, users));
            }
        }
        // Then there is still much that has not been compiled.
        Duration first = Duration.ofSeconds(Integer.getInteger("bench.first.seconds"));
        for (Side side : sides) {
            phases.add(Phase.lasting("first " + side.name(), side, first));
        }
        int pairs = Integer.getInteger("bench.pairs");
        for (int pair = (start - 1) * pairs + 1; pair <= start * pairs; pair++) {
            for (Side side : sides) {
                phases.add(Phase.lasting("warm " + side.name() + pair, side, warmUp));
                phases.add(Phase.lasting(side.name() + pair, side, turn));
            }
        }
        return phases;
    }

    private static PopulationBuilder population(Phase phase) {
        int clients = Integer.getInteger("bench.clients");
        ChainBuilder work = exec(session -> {
                    phase.enter();
                    return session;
                })
                .exec(asLongAs(session -> phase.goesOn())
                        .on(exec(session -> phase.next()
                                        .map(user -> session.set(USER, user))
                                        .orElseGet(() -> session.remove(USER)))
                                .exec(doIfOrElse(session -> session.contains(USER))
                                        .then(login(phase))
                                        .orElse(pause(NOBODY_FREE_PAUSE)))))
                .exec(session -> {
                    phase.leave(clients);
                    return session;
                });
        return scenario(phase.name()).exec(work).injectOpen(atOnceUsers(clients));
    }

    private static ChainBuilder login(Phase phase) {
        Side side = phase.side();
        CheckBuilder nextAction =
                regex("action=\"[^\"]*(/login-actions/authenticate[^\"]*)\"").saveAs(ACTION);
        // Another user, another browser; connections stay, as those of a reverse proxy would.
        ChainBuilder requests = exec(flushCookieJar())
                .exec(session -> session.set(TIMES, new long[Phase.REQUESTS.size()])
                        .set(ROUND, session.contains(ROUND) ? session.getInt(ROUND) + 1 : 0))
                .exec(timed(
                        0,
                        http("page")
                                .get(session -> page(node(side, session, 0)))
                                .check(status().is(200), substring("name=\"password\""), nextAction)))
                .exec(timed(
                        1,
                        http("password")
                                .post(session -> action(node(side, session, 1), session))
                                .formParam("username", session -> user(session).name())
                                .formParam("password", session -> user(session).name())
                                .check(status().is(200), substring("name=\"otp\""), nextAction)))
                .exec(timed(
                        2,
                        http("otp")
                                .post(session -> action(node(side, session, 2), session))
                                .formParam("otp", session -> user(session).code(BenchUser.presentStep()))
                                .check(
                                        status().is(302),
                                        headerRegex("Location", "[?&]code=.").exists())));
        return exec(exitBlockOnFail().on(requests)).exec(session -> {
            side.crowd().back(user(session));
            if (session.isFailed()) {
                phase.failed();
                return session.markAsSucceeded();
            }
            phase.succeeded(session.get(TIMES));
            return session;
        });
    }

    /** Gatling's own times are whole milliseconds, too coarse for what is compared here. */
    private static ChainBuilder timed(int request, HttpRequestActionBuilder action) {
        return exec(session -> session.set(START, System.nanoTime()))
                .exec(action)
                .exec(session -> {
                    long[] times = session.get(TIMES);
                    times[request] = System.nanoTime() - session.getLong(START);
                    return session;
                });
    }

    private static URI node(Side side, Session session, int request) {
        return side.node(session.getInt(ROUND) + request);
    }

    private static String page(URI realm) {
        return realm + "/protocol/openid-connect/auth?response_type=code&scope=openid&state=s&nonce=n"
                + "&client_id=" + System.getProperty("bench.client")
                + "&redirect_uri="
                + URLEncoder.encode(System.getProperty("bench.redirect"), StandardCharsets.UTF_8)
                // The challenge of RFC 7636, appendix B; nobody redeems the code.
                + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    }

    private static String action(URI realm, Session session) {
        return realm + session.getString(ACTION).replace("&amp;", "&");
    }

    private static BenchUser user(Session session) {
        return session.get(USER);
    }
}
