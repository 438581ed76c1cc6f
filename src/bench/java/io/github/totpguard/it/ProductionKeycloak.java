package io.github.totpguard.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node as in production: built once, started with {@code --optimized}. */
final class ProductionKeycloak implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final ServerProcess process;
    private final URI baseUrl;

    private ProductionKeycloak(ServerProcess process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /** Copies the distribution, with the provider jar or without any, builds it for PostgreSQL, and copies the result. */
    static void build(List<Path> homes, Optional<Path> jar) {
        Path home = homes.get(0);
        Path log = Path.of(home + "-build.log");
        try {
            Workspace.copy(Workspace.distribution(), home);
            if (jar.isPresent()) {
                Files.copy(
                        jar.get(), home.resolve("providers").resolve(jar.get().getFileName()));
            }
            ProcessBuilder builder = new ProcessBuilder(DistributionKeycloak.script(home), "build", "--db=postgres")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new AssertionError("kc.sh build ended with status " + status + ", see " + log);
            }
            for (Path copy : homes.subList(1, homes.size())) {
                Workspace.copy(home, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a built one; nodes on the same database find each other. */
    static ProductionKeycloak start(Path home, Postgres postgres, String database, String... more) {
        int port = DistributionKeycloak.freePort();
        List<String> command = new ArrayList<>(List.of(
                DistributionKeycloak.script(home),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + DistributionKeycloak.freePort(),
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + DistributionKeycloak.freePort()));
        postgres.keycloakArguments(database).stream()
                .filter(argument -> !argument.startsWith("--db="))
                .forEach(command::add);
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakRuntime.ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakRuntime.ADMIN);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms768m -Xmx768m");
        ServerProcess process = ServerProcess.start(builder, Path.of(home + ".log"));
        URI baseUrl = URI.create("http://127.0.0.1:" + port);
        process.awaitReady("Keycloak at " + baseUrl, START_LIMIT, () -> Http.answers(baseUrl + "/realms/master"));
        return new ProductionKeycloak(process, baseUrl);
    }

    URI baseUrl() {
        return baseUrl;
    }

    List<Long> processIds() {
        return process.processIds();
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
