package io.github.totpguard.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The distribution with provider jars, built for one type of database as in production, so that its copies only have to
 * start.
 */
public final class BuiltKeycloak {

    private BuiltKeycloak() {}

    /**
     * A copy with the product and the test provider. Building takes longer than starting, so it is done once for all
     * JVMs. A later run of the tests uses the same build if its inputs have not changed.
     */
    static Path ofTests(String database, String name) {
        List<String> options = List.of("--db=" + database, "--metrics-enabled=true");
        List<Path> jars = Workspace.providerJars();
        String ingredients = ingredients(jars, options);
        // The copy is made under the lock as well, so that no JVM copies a build that another JVM replaces.
        return ForkLock.holding("build", () -> {
            Path built = Workspace.shared("built-" + database);
            Path label = Path.of(built + ".txt");
            try {
                if (!Files.exists(label) || !Files.readString(label).equals(ingredients)) {
                    Files.deleteIfExists(label);
                    build(built, jars, options);
                    Files.writeString(label, ingredients);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return copy(built, Workspace.own(name));
        });
    }

    /** All inputs that the build depends on. */
    private static String ingredients(List<Path> jars, List<String> options) {
        List<String> all =
                new ArrayList<>(List.of(Workspace.distribution().toString(), System.getProperty("java.version")));
        all.addAll(options);
        jars.forEach(jar -> all.add(jar.getFileName() + " " + checksum(jar)));
        return String.join("\n", all) + "\n";
    }

    private static String checksum(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
