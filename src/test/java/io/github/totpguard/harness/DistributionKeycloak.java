package io.github.totpguard.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** The distribution as a process, started as in production, in its own copy of the files. */
public final class DistributionKeycloak implements KeycloakRuntime {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    /**
     * Enables the legacy way to link accounts for the tests that need it. 26.7.1 always has it, 26.7.4 only with this
     * option.
     */
    private static final String LEGACY_LINKING =
            "--spi-login-protocol--openid-connect--allow-client-initiated-account-linking=true";

    private final String name;
    private final ProcessBuilder builder;
    private final URI baseUrl;
    private final URI managementUrl;
    private final DatabaseServer database;
    private final Runnable closeDatabase;
    private ServerProcess process;

    private DistributionKeycloak(
            String name,
            ProcessBuilder builder,
            URI baseUrl,
            URI managementUrl,
            DatabaseServer database,
            Runnable closeDatabase) {
        this.name = name;
        this.builder = builder;
        this.baseUrl = baseUrl;
        this.managementUrl = managementUrl;
        this.database = database;
        this.closeDatabase = closeDatabase;
        start(Workspace.own(name + ".log"));
    }

    /** A server with its own PostgreSQL, which starts and ends with it. */
    static DistributionKeycloak onItsOwnDatabase(String name) {
        Postgres postgres = Postgres.start(name + "-postgres");
        return launch(
                name,
                Ports.free(),
                postgres,
                postgres::close,
                List.of("--hostname-strict=false", "--cache=local", LEGACY_LINKING));
    }

    /**
     * A node on a database that the caller owns.
     *
     * @param arguments for {@code kc.sh start}, such as {@code --cache=ispn} with its addresses
     */
    public static DistributionKeycloak onSharedDatabase(
            String name, int port, DatabaseServer database, List<String> arguments) {
        return launch(name, port, database, () -> {}, arguments);
    }

    /**
     * A single node with its own heap size, on a database that the caller owns.
     *
     * @param heap maximum heap size, such as {@code 512m}
     * @param javaOptions additional options of its JVM
     */
    public static DistributionKeycloak withHeap(
            String name, DatabaseServer database, String heap, String javaOptions, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--hostname-strict=false", "--cache=local"));
        all.addAll(arguments);
        return launch(
                name,
                BuiltKeycloak.ofTests(database.kind(), name),
                Ports.free(),
                database,
                () -> {},
                all,
                new Jvm("-Xms64m -Xmx" + heap, javaOptions));
    }

    /** Keycloak as delivered, without any provider jar, on its embedded database. */
    public static DistributionKeycloak stock(String name) {
        H2File database = H2File.in(name + "-h2");
        Path home = BuiltKeycloak.build(
                Workspace.own(name), List.of(), List.of("--db=" + database.kind(), "--metrics-enabled=true"));
        return launch(
                name,
                home,
                Ports.free(),
                database,
                database::close,
                List.of("--hostname-strict=false", "--cache=local"));
    }

    private static DistributionKeycloak launch(
            String name, int port, DatabaseServer database, Runnable closeDatabase, List<String> arguments) {
        return launch(name, BuiltKeycloak.ofTests(database.kind(), name), port, database, closeDatabase, arguments);
    }

    private static DistributionKeycloak launch(
            String name, Path home, int port, DatabaseServer database, Runnable closeDatabase, List<String> arguments) {
        return launch(name, home, port, database, closeDatabase, arguments, Jvm.OF_TESTS);
    }

    private static DistributionKeycloak launch(
            String name,
            Path home,
            int port,
            DatabaseServer database,
            Runnable closeDatabase,
            List<String> arguments,
            Jvm jvm) {
        int managementPort = Ports.free();
        List<String> command = new ArrayList<>(List.of(script(home), "start", "--optimized", "--http-enabled=true"));
        command.addAll(arguments);
        command.addAll(
                List.of("--http-host=127.0.0.1", "--http-port=" + port, "--http-management-port=" + managementPort));
        command.addAll(database.keycloakArguments());
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", jvm.heap());
        builder.environment().put("JAVA_OPTS_APPEND", jvm.options());
        URI baseUrl = URI.create("http://127.0.0.1:" + port);
        URI managementUrl = URI.create("http://127.0.0.1:" + managementPort);
        return new DistributionKeycloak(name, builder, baseUrl, managementUrl, database, closeDatabase);
    }

    public static String script(Path home) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString();
    }

    private void start(Path log) {
        process = ServerProcess.start(builder, log);
        process.awaitReady("Keycloak at " + baseUrl, START_LIMIT, () -> Http.answers(baseUrl + "/realms/master"));
    }

    /** Stops the server as an administrator does; its database keeps running. */
    public void stop() {
        process.close();
    }

    /** Stops the server as a power cut does. */
    public void kill() {
        process.kill();
    }

    /** Starts the same node again at the same address, after {@link #stop} or {@link #kill}. The log starts anew. */
    public void startAgain() {
        start(Workspace.own(name + "-again.log"));
    }

    /** Runs {@code jcmd} of the tests' Java on the server's JVM and returns its output. */
    public String jcmd(String... command) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(javaProcess())));
        all.addAll(List.of(command));
        try {
            Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long javaProcess() {
        return process.processIds().stream()
                .filter(id -> ProcessHandle.of(id)
                        .flatMap(handle -> handle.info().command())
                        .filter(command -> command.endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no java process"));
    }

    public boolean isAlive() {
        return process.isAlive();
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

    /** The JVM settings of a server. */
    private record Jvm(String heap, String options) {
        private static final Jvm OF_TESTS = new Jvm("-Xms64m -Xmx768m", ServerProcess.SHORT_LIVED);
    }
}
