package io.github.totpguard.it.gate;

import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.TestRealm;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Users who log in again and again at every node that answers, and send every code several times to both nodes at the
 * same moment. A node that does not answer is not a failure in this test.
 */
final class OtpLoad {

    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final int PERIOD_SECONDS = 2;
    private static final int SENT_TO_EACH_NODE = 2;
    private static final int LOGINS_TO_WAIT_FOR = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final PhoneApp phone =
            PhoneApp.scan("otpauth://totp/somebody?secret=" + SECRET + "&period=" + PERIOD_SECONDS);
    private final Cluster cluster;
    private final TestRealm realm;
    private final int users;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    OtpLoad(Cluster cluster, TestRealm realm, int users) {
        this.cluster = cluster;
        this.realm = realm;
        this.users = users;
        for (int i = 0; i < users; i++) {
            var person = People.person(name(i));
            person.setCredentials(List.of(
                    People.password(name(i)),
                    People.plaintextOtp(
                            "phone",
                            SECRET,
                            "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":" + PERIOD_SECONDS
                                    + ",\"algorithm\":\"HmacSHA1\",\"secretEncoding\":\"BASE32\"}")));
            realm.addUser(person);
        }
    }

    /** Runs the logins until the work is done. */
    void during(Runnable work) {
        AtOnce.run(users + 1, i -> {
            if (i < users) {
                logInUntilOver(name(i));
            } else {
                run(work);
            }
            return i;
        });
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            over.set(true);
        }
    }

    /** Waits for some logins that succeed from now on. */
    void awaitLogins(String when) {
        int enough = accepted.size() + LOGINS_TO_WAIT_FOR;
        Await.until("logins " + when, LIMIT, () -> accepted.size() >= enough);
    }

    /** The outcomes of all answered attempts. */
    Collection<Outcome> outcomes() {
        return outcomes;
    }

    /** User and time step of every code, once each. */
    Collection<String> sent() {
        return sent;
    }

    /** User and time step of every login. */
    Collection<String> accepted() {
        return accepted;
    }

    private void logInUntilOver(String user) {
        long step = 0;
        while (!over.get()) {
            List<HttpLogin> logins = IntStream.range(0, 2 * SENT_TO_EACH_NODE)
                    .mapToObj(i -> answer(() -> HttpLogin.atCodePage(realm, user, cluster.node(i))))
                    .flatMap(Optional::stream)
                    .toList();
            step = stepAfter(step);
            if (!logins.isEmpty()) {
                send(user, step, logins);
            }
        }
    }

    private void send(String user, long step, List<HttpLogin> logins) {
        String what = user + " at " + step;
        String code = phone.codeAt(Instant.ofEpochSecond(step * PERIOD_SECONDS));
        sent.add(what);
        AtOnce.run(logins.size(), i -> answer(() -> logins.get(i).postOtp(code))).stream()
                .flatMap(Optional::stream)
                .peek(outcomes::add)
                .filter(Outcome.LOGGED_IN::equals)
                .forEach(outcome -> accepted.add(what));
    }

    private long stepAfter(long last) {
        return Await.value("a new code", LIMIT, () -> Optional.of(
                        Math.floorDiv(cluster.clock().now().getEpochSecond(), (long) PERIOD_SECONDS))
                .filter(step -> step > last));
    }

    /** Empty if the node is down, or if it is shutting down and shows an error. */
    private static <T> Optional<T> answer(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (UncheckedIOException | AssertionError e) {
            return Optional.empty();
        }
    }

    private static String name(int number) {
        return "user" + number;
    }
}
