package io.github.totpguard.bench.run;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BuiltKeycloak;
import io.github.totpguard.harness.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Keycloak with all realms, as one production server or as a cluster with one database. */
final class Nodes implements AutoCloseable {

    private static final String DATABASE = "postgres";
    private static final Duration CLUSTER_LIMIT = Duration.ofMinutes(1);

    private final List<Path> homes;
    private final Postgres postgres;
    private final List<String> arguments;
    private List<ProductionKeycloak> running = List.of();

    private Nodes(List<Path> homes, Postgres postgres, List<String> arguments) {
        this.homes = homes;
        this.postgres = postgres;
        this.arguments = arguments;
    }

    /**
     * Builds the distribution and starts it.
     *
     * @param jars the provider jars
     * @param arguments the arguments of each start
     */
    static Nodes start(Path directory, int number, List<Path> jars, Postgres postgres, List<String> arguments) {
        List<Path> homes = IntStream.rangeClosed(1, number)
                .mapToObj(i -> directory.resolve("keycloak-" + i))
                .toList();
        BuiltKeycloak.build(homes.get(0), jars, List.of("--db=postgres"));
        homes.stream().skip(1).forEach(home -> BuiltKeycloak.copy(homes.get(0), home));
        Nodes nodes = new Nodes(homes, postgres, arguments);
        nodes.start(List.of());
        return nodes;
    }

    private void start(List<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        List<ProductionKeycloak> started = new ArrayList<>();
        for (Path home : homes) {
            started.add(ProductionKeycloak.start(home, postgres, DATABASE, all.toArray(String[]::new)));
        }
        running = started;
        if (started.size() > 1) {
            Await.until("a cluster of " + started.size(), CLUSTER_LIMIT, () -> started.stream()
                    .anyMatch(node -> node.log().contains("(" + started.size() + ") [")));
        }
    }

    /** Restarts the nodes with the same data. */
    void restart(String... more) {
        close();
        start(List.of(more));
    }

    AdminApi admin() {
        return new AdminApi(running.get(0).baseUrl());
    }

    List<URI> addresses() {
        return running.stream().map(ProductionKeycloak::baseUrl).toList();
    }

    CacheLog cacheLog() {
        return new CacheLog(running);
    }

    List<Long> processIds() {
        return running.stream().flatMap(node -> node.processIds().stream()).toList();
    }

    /** The ids of the Java processes, without those of the start scripts. */
    List<Long> javaProcessIds() {
        return running.stream().map(ProductionKeycloak::javaProcessId).toList();
    }

    @Override
    public void close() {
        running.forEach(ProductionKeycloak::close);
        running = List.of();
    }
}
