package io.github.totpguard.it.gate;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.Ports;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.Workspace;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Two Keycloak nodes on one PostgreSQL, as behind a load balancer: both use the same host name, and the sender of a
 * request chooses its node.
 */
final class Cluster implements AutoCloseable {

    private static final Duration VIEW_LIMIT = Duration.ofSeconds(60);

    private final Postgres postgres;
    private final DistributionKeycloak first;
    private final DistributionKeycloak second;
    private final AdminApi admin;
    private final TestClock clock;

    private Cluster(Postgres postgres, DistributionKeycloak first, DistributionKeycloak second) {
        this.postgres = postgres;
        this.first = first;
        this.second = second;
        this.admin = new AdminApi(first.baseUrl());
        this.clock = new TestClock(first.baseUrl(), second.baseUrl());
    }

    static Cluster start() {
        // As in production: a committed transaction survives a crash, unless it was committed asynchronously.
        Postgres postgres = Postgres.start(Workspace.own("cluster-postgres"), Map.of("synchronous_commit", "on"));
        int port = Ports.free();
        String name = "--hostname=http://127.0.0.1:" + port;
        DistributionKeycloak first =
                DistributionKeycloak.onSharedDatabase("cluster-a", port, postgres, arguments(name));
        DistributionKeycloak second =
                DistributionKeycloak.onSharedDatabase("cluster-b", Ports.free(), postgres, arguments(name));
        Cluster cluster = new Cluster(postgres, first, second);
        awaitView(second);
        return cluster;
    }

    private static List<String> arguments(String name) {
        return List.of(
                name,
                // These tests cause thousands of refusals on purpose, so events are not logged.
                "--log-level=INFO,org.keycloak.events:off",
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + Ports.free());
    }

    /** Two servers that are not in one cluster would pass some of the tests too. */
    private static void awaitView(DistributionKeycloak joining) {
        Await.until("a view of two nodes", VIEW_LIMIT, () -> joining.log()
                .lines()
                .anyMatch(line -> line.contains("ISPN000094") && line.contains("(2)")));
    }

    Postgres postgres() {
        return postgres;
    }

    DistributionKeycloak first() {
        return first;
    }

    DistributionKeycloak second() {
        return second;
    }

    /** The addresses of the nodes, in turn. */
    URI node(int number) {
        return (number % 2 == 0 ? first : second).baseUrl();
    }

    /** Starts a node that was stopped or killed, and waits until it has joined the cluster again. */
    void startAgain(DistributionKeycloak node) {
        node.startAgain();
        awaitView(node);
        clock.set(clock.offset());
    }

    Realms realms() {
        return new Realms(admin, clock);
    }

    TestClock clock() {
        return clock;
    }

    @Override
    public void close() {
        second.close();
        first.close();
        postgres.close();
    }
}
