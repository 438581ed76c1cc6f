package io.github.totpguard.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** The unpacked distribution as a process, in a copy of its own below {@code target/it}, on PostgreSQL. */
final class DistributionKeycloak implements KeycloakRuntime {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final ServerProcess process;
    private final URI baseUrl;
    private final Postgres postgres;
    private final Runnable closeDatabase;

    private DistributionKeycloak(ServerProcess process, URI baseUrl, Postgres postgres, Runnable closeDatabase) {
        this.process = process;
        this.baseUrl = baseUrl;
        this.postgres = postgres;
        this.closeDatabase = closeDatabase;
    }

    /** Its database starts and ends with it. */
    static DistributionKeycloak onItsOwnDatabase(String name) {
        Postgres postgres = Postgres.start(name + "-postgres");
        return start(name, postgres, postgres::close, List.of("--cache=local"));
    }

    /**
     * A node on somebody else's database.
     *
     * @param arguments for {@code kc.sh start-dev}, such as {@code --cache=ispn} with its addresses
     */
    static DistributionKeycloak onSharedDatabase(String name, Postgres postgres, List<String> arguments) {
        return start(name, postgres, () -> {}, arguments);
    }

    private static DistributionKeycloak start(
            String name, Postgres postgres, Runnable closeDatabase, List<String> arguments) {
        Path home = install(Workspace.own(name));
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                script(home),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + freePort()));
        command.addAll(postgres.keycloakArguments());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx768m");
        ServerProcess process = ServerProcess.start(builder, Workspace.own(name + ".log"));
        URI baseUrl = URI.create("http://127.0.0.1:" + port);
        process.awaitReady("Keycloak at " + baseUrl, START_LIMIT, () -> Http.answers(baseUrl + "/realms/master"));
        return new DistributionKeycloak(process, baseUrl, postgres, closeDatabase);
    }

    private static Path install(Path home) {
        try {
            Workspace.copy(Workspace.distribution(), home);
            for (Path jar : Workspace.providerJars()) {
                Files.copy(jar, home.resolve("providers").resolve(jar.getFileName()));
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script(Path home) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public Optional<DataSource> database() {
        return Optional.of(postgres.dataSource());
    }

    @Override
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
        closeDatabase.run();
    }
}
