package io.github.totpguard.bench.run;

import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.Ports;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node as in production: built once, then started with {@code --optimized}. */
final class ProductionKeycloak implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final ServerProcess process;
    private final URI baseUrl;

    private ProductionKeycloak(ServerProcess process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /** Starts a node that has been built. Nodes with the same database discover each other. */
    static ProductionKeycloak start(Path home, Postgres postgres, String database, String... more) {
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(
                DistributionKeycloak.script(home),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + Ports.free(),
                // A user needs several entries. With Keycloak's default of 10,000, users of some realms would be
                // evicted and read again.
                "--cache-embedded-users-max-count=100000",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + Ports.free()));
        command.addAll(postgres.keycloakArguments(database));
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

    /** The id of the server's Java process, not of the start script. */
    long javaProcessId() {
        return processIds().stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
