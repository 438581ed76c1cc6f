package io.github.totpguard.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distribution with provider jars, built for a kind of database, as in production: its copies only have to start. */
public final class BuiltKeycloak {

    /** What the tests' servers are copies of, by the kind of their database. */
    private static final Map<String, Path> OF_TESTS = new HashMap<>();

    private BuiltKeycloak() {}

    /** A copy, with the product and the test provider; building takes longer than starting, and is done but once. */
    static synchronized Path ofTests(String database, String name) {
        Path built = OF_TESTS.computeIfAbsent(
                database,
                kind -> build(
                        Workspace.own("built-" + kind),
                        Workspace.providerJars(),
                        List.of("--db=" + kind, "--metrics-enabled=true")));
        return copy(built, Workspace.own(name));
    }

    /** Copies the distribution, puts the jars into it and builds it. */
    public static Path build(Path home, List<Path> jars, List<String> options) {
        copy(Workspace.distribution(), home);
        List<String> command = new ArrayList<>(List.of(DistributionKeycloak.script(home), "build"));
        command.addAll(options);
        Path log = Path.of(home + "-build.log");
        try {
            for (Path jar : jars) {
                Files.copy(jar, home.resolve("providers").resolve(jar.getFileName()));
            }
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_APPEND", ServerProcess.SHORT_LIVED);
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new AssertionError("kc.sh build ended with status " + status + ", see " + log);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static Path copy(Path from, Path to) {
        try {
            Workspace.copy(from, to);
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
