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

/** The unpacked distribution as a process, in a copy of its own below {@code target/it}. */
final class DistributionKeycloak implements KeycloakRuntime {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final String name;
    private final Path home;
    private final ProcessBuilder builder;
    private final URI baseUrl;
    private final URI managementUrl;
    private final DatabaseServer database;
    private final Runnable closeDatabase;
    private ServerProcess process;

    private DistributionKeycloak(
            String name,
            Path home,
            ProcessBuilder builder,
            URI baseUrl,
            URI managementUrl,
            DatabaseServer database,
            Runnable closeDatabase) {
        this.name = name;
        this.home = home;
        this.builder = builder;
        this.baseUrl = baseUrl;
        this.managementUrl = managementUrl;
        this.database = database;
        this.closeDatabase = closeDatabase;
        start(Workspace.own(name + ".log"));
    }

    /** As a developer starts it. Its database, PostgreSQL, starts and ends with it. */
    static DistributionKeycloak onItsOwnDatabase(String name) {
        Postgres postgres = Postgres.start(name + "-postgres");
        Path home = install(Workspace.distribution(), name);
        return launch(
                name,
                home,
                freePort(),
                postgres,
                postgres::close,
                List.of("start-dev", "--cache=local", "--metrics-enabled=true"));
    }

    /**
     * A node on somebody else's database, as in production.
     *
     * @param arguments for {@code kc.sh start}, such as {@code --cache=ispn} with its addresses
     */
    static DistributionKeycloak onSharedDatabase(
            String name, int port, DatabaseServer database, List<String> arguments) {
        return production(name, install(Workspace.distribution(), name), port, database, arguments);
    }

    /** One more node like this one, from a copy of what this one has built. */
    DistributionKeycloak another(String itsName, int port, List<String> arguments) {
        return production(itsName, copy(home, itsName), port, database, arguments);
    }

    private static DistributionKeycloak production(
            String name, Path home, int port, DatabaseServer database, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("start", "--http-enabled=true"));
        all.addAll(arguments);
        return launch(name, home, port, database, () -> {}, all);
    }

    private static DistributionKeycloak launch(
            String name, Path home, int port, DatabaseServer database, Runnable closeDatabase, List<String> arguments) {
        int managementPort = freePort();
        List<String> command = new ArrayList<>(List.of(script(home)));
        command.addAll(arguments);
        command.addAll(
                List.of("--http-host=127.0.0.1", "--http-port=" + port, "--http-management-port=" + managementPort));
        command.addAll(database.keycloakArguments());
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx768m");
        URI baseUrl = URI.create("http://127.0.0.1:" + port);
        URI managementUrl = URI.create("http://127.0.0.1:" + managementPort);
        return new DistributionKeycloak(name, home, builder, baseUrl, managementUrl, database, closeDatabase);
    }

    private static Path install(Path distribution, String name) {
        try {
            Path home = copy(distribution, name);
            for (Path jar : Workspace.providerJars()) {
                Files.copy(jar, home.resolve("providers").resolve(jar.getFileName()));
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path from, String name) {
        try {
            Path home = Workspace.own(name);
            Workspace.copy(from, home);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String script(Path home) {
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

    private void start(Path log) {
        process = ServerProcess.start(builder, log);
        process.awaitReady("Keycloak at " + baseUrl, START_LIMIT, () -> Http.answers(baseUrl + "/realms/master"));
    }

    /** As an administrator stops it; its database stays. */
    void stop() {
        process.close();
    }

    /** As a power cut stops it. */
    void kill() {
        process.kill();
    }

    /** After {@link #stop} or {@link #kill}: the same node again, at the same address. The log begins anew. */
    void startAgain() {
        start(Workspace.own(name + "-again.log"));
    }

    @Override
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public URI managementUrl() {
        return managementUrl;
    }

    @Override
    public Optional<DataSource> database() {
        return Optional.of(database.dataSource());
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
