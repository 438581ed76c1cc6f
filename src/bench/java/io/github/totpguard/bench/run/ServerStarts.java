package io.github.totpguard.bench.run;

import io.github.totpguard.bench.Estimate;
import io.github.totpguard.bench.StartCost;
import io.github.totpguard.harness.BuiltKeycloak;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the same distribution alternately with and without our jar, each with its own database. */
final class ServerStarts {

    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    private final String name;
    private final Path home;
    private final Postgres postgres;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> megabytes = new ArrayList<>();

    private ServerStarts(String name, Path home, Postgres postgres) {
        this.name = name;
        this.home = home;
        this.postgres = postgres;
    }

    static List<StartCost> measure(Path directory, Postgres postgres, int starts) {
        List<ServerStarts> servers = List.of(
                built("without", directory, List.of(), postgres),
                built("with", directory, List.of(Workspace.productJar()), postgres));
        // The first start creates the tables.
        servers.forEach(server -> server.start().close());
        for (int i = 0; i < starts; i++) {
            servers.forEach(ServerStarts::measure);
        }
        return servers.stream().map(ServerStarts::cost).toList();
    }

    private static ServerStarts built(String name, Path directory, List<Path> jars, Postgres postgres) {
        new Database(postgres.dataSource()::getConnection).update("CREATE DATABASE \"" + name + "\"");
        Path home = directory.resolve("start-" + name);
        return new ServerStarts(name, BuiltKeycloak.build(home, jars, List.of("--db=postgres")), postgres);
    }

    private ProductionKeycloak start() {
        return ProductionKeycloak.start(home, postgres, name);
    }

    private void measure() {
        long start = System.nanoTime();
        try (ProductionKeycloak server = start()) {
            seconds.add((System.nanoTime() - start) / 1e9);
            megabytes.add(residentKilobytes(server.javaProcessId()) / KILOBYTES_PER_MEGABYTE);
        }
    }

    /** {@code VmRSS}, see man 5 proc. */
    private static double residentKilobytes(long process) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StartCost cost() {
        return new StartCost(name + " our jar", mean(seconds), mean(megabytes));
    }

    private static Estimate mean(List<Double> values) {
        return Estimate.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
