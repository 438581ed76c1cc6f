package io.github.totpguard.it;

import io.github.totpguard.bench.LoginSimulation;
import io.github.totpguard.bench.Marks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Gatling in a JVM of its own. */
final class LoadGenerator {

    private LoadGenerator() {}

    /**
     * Runs the whole simulation.
     *
     * @param settings system properties for it
     * @param mark told at the beginning of each phase and at the end; the load waits until it returns
     */
    static void run(Path directory, Map<String, String> settings, Consumer<String> mark) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                // As Gatling's own plugins do: it gets at JDK strings without copying.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + logging(),
                "-classpath",
                classPath()));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "io.gatling.app.Gatling",
                "--simulation",
                LoginSimulation.class.getName(),
                "--results-folder",
                directory.resolve("gatling").toString(),
                "--no-reports"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread endWithTheJvm = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(endWithTheJvm);
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                    OutputStream input = process.getOutputStream();
                    Writer log = Files.newBufferedWriter(directory.resolve("gatling.log"))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    log.append(line).append('\n').flush();
                    if (line.startsWith(Marks.SIGN)) {
                        mark.accept(line.substring(Marks.SIGN.length()));
                        input.write('\n');
                        input.flush();
                    }
                }
                int status = process.waitFor();
                if (status != 0) {
                    throw new AssertionError("the load ended with status " + status + ", see gatling.log");
                }
            } finally {
                process.destroyForcibly();
                Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path logging() {
        return Workspace.project()
                .resolve("src")
                .resolve("bench")
                .resolve("resources")
                .resolve("logback.xml");
    }

    // Keycloak's Netty and its binding of slf4j are older than, and in the way of, those that Gatling comes with.
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*[/\\\\](netty-.*-4\\.1\\..*|slf4j-jboss-logmanager-.*)\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
