package io.github.totpguard.it;

import io.github.totpguard.bench.CountedStep;
import io.github.totpguard.bench.Marks;
import io.github.totpguard.bench.Report;
import io.github.totpguard.bench.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mvn -Pbench}: Keycloak's own form (A) and ours (B) on production starts, on one PostgreSQL, under the same load in
 * turns; docs/benchmark.md says what the figures mean.
 */
final class Bench {

    /** As a database is run where data matter, unlike in tests; and with what the meters need. */
    private static final Map<String, String> POSTGRES = Map.of(
            "fsync", System.getProperty("bench.fsync"),
            "synchronous_commit", "on",
            "max_connections", "450",
            "shared_buffers", "256MB",
            "shared_preload_libraries", "pg_stat_statements");

    private final Path directory = Workspace.project().resolve("target").resolve("bench");
    private final int nodes = Integer.getInteger("bench.nodes");
    private final int users = Integer.getInteger("bench.users");
    private final int starts = Integer.getInteger("bench.starts");
    private final int pairs = Integer.getInteger("bench.pairs");
    private final Optional<Path> jarOfA = Optional.of(System.getProperty("bench.a.jar"))
            .filter(name -> !name.isEmpty())
            .map(Path::of);
    private final List<Turn> turnsOfA = new ArrayList<>();
    private final List<Turn> turnsOfB = new ArrayList<>();

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        // Maven, when it is told to end, does not pass that on.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
        int errors;
        try {
            errors = new Bench().run();
        } catch (AssertionError | IllegalStateException e) {
            e.printStackTrace();
            errors = 1;
        }
        // The client application of the test harness would keep the JVM alive.
        System.exit(errors == 0 ? 0 : 1);
    }

    private int run() throws IOException {
        Workspace.delete(directory);
        Workspace.directory(directory);
        say("starting PostgreSQL, then for A and B " + nodes + " node(s) each with " + users + " users");
        try (Postgres postgres = Postgres.start(directory.resolve("postgres"), POSTGRES);
                BenchSide a = BenchSide.start("A", jarOfA, nodes, users, directory, postgres);
                BenchSide b =
                        BenchSide.start("B", Optional.of(Workspace.productJar()), nodes, users, directory, postgres)) {
            Meters meters = new Meters(postgres, List.of(a, b));
            for (int start = 1; start <= starts; start++) {
                if (start > 1) {
                    // Two processes that do the same work may differ through all their turns.
                    say("starting the servers anew");
                    a.restart(postgres);
                    b.restart(postgres);
                }
                load(meters, a, b, start);
            }
            say("counting what one login costs");
            a.restart(postgres, CacheLog.ARGUMENT);
            b.restart(postgres, CacheLog.ARGUMENT);
            StatementLog log = StatementLog.switchOn(postgres);
            List<CountedStep> counted = new ArrayList<>();
            counted.addAll(StepCost.count(a, log, directory.resolve("statements-a.log")));
            counted.addAll(StepCost.count(b, log, directory.resolve("statements-b.log")));
            Report report = new Report(turnsOfA, turnsOfB, counted);
            String text = report.markdown(heading());
            Files.writeString(directory.resolve("result.md"), text);
            System.out.println("\n" + text);
            return report.errors();
        }
    }

    private void load(Meters meters, BenchSide a, BenchSide b, int start) {
        Path own = Workspace.directory(directory.resolve("load-" + start));
        Map<String, String> settings = new HashMap<>();
        settings.put("bench.a", a.addresses());
        settings.put("bench.b", b.addresses());
        settings.put("bench.client", TestRealm.CLIENT);
        settings.put("bench.redirect", CallbackServer.uri().toString());
        settings.put("bench.directory", own.toString());
        settings.put("bench.start", String.valueOf(start));
        for (String name : List.of(
                "bench.users",
                "bench.pairs",
                "bench.clients",
                "bench.first.seconds",
                "bench.seconds",
                "bench.warmup.seconds")) {
            settings.put(name, System.getProperty(name));
        }
        Map<String, Meters.Reading> marks = new HashMap<>();
        LoadGenerator.run(own, settings, phase -> {
            say(phase);
            marks.put(phase, meters.read());
        });
        for (int pair = (start - 1) * pairs + 1; pair <= start * pairs; pair++) {
            turnsOfA.add(turn(own, "A", pair, marks));
            turnsOfB.add(turn(own, "B", pair, marks));
        }
    }

    private static Turn turn(Path directory, String side, int pair, Map<String, Meters.Reading> marks) {
        String phase = side + pair;
        Meters.Reading start = marks.get(phase);
        Meters.Reading end = marks.get(Marks.endOf(phase));
        Meters.Use before = start.sides().get(side);
        Meters.Use after = end.sides().get(side);
        Turn.Use use = new Turn.Use(
                after.cpuSeconds() - before.cpuSeconds(),
                end.postgresCpuSeconds() - start.postgresCpuSeconds(),
                after.statements() - before.statements(),
                after.commits() - before.commits());
        return Turn.read(directory, phase, use);
    }

    private String heading() {
        return "Keycloak " + System.getProperty("keycloak.version") + ", " + nodes + " node(s), "
                + starts + " start(s), " + System.getProperty("bench.clients") + " clients, turns of "
                + System.getProperty("bench.seconds")
                + " s after " + System.getProperty("bench.warmup.seconds") + " s (before the first, "
                + System.getProperty("bench.first.seconds") + " s), "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name")
                + ", JDK "
                + System.getProperty("java.version") + ", fsync " + System.getProperty("bench.fsync")
                + ". A: "
                + jarOfA.map(jar -> "totp-guard-form of " + jar.getFileName()).orElse("auth-otp-form")
                + ". B: totp-guard-form.";
    }

    private static void say(String what) {
        System.out.println("bench: " + what);
    }
}
