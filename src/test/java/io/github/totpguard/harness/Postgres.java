package io.github.totpguard.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A PostgreSQL of the tests' own, empty at start. */
public final class Postgres implements DatabaseServer {

    private static final String NAME = "postgres";

    private final EmbeddedPostgres server;
    private final Path home;
    private final Path programs;

    private Postgres(EmbeddedPostgres server, Path home) {
        this.server = server;
        this.home = home;
        this.programs = programsOf(processId());
    }

    public static Postgres start(String name) {
        return start(Workspace.own(name), Map.of());
    }

    /** Starts with settings of {@code postgresql.conf} that replace the settings for tests. */
    public static Postgres start(Path home, Map<String, String> settings) {
        Workspace.directory(home);
        // PostgreSQL logs every start at length, so its log goes to a file.
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.to(log(home).toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Workspace.shared("postgres").toFile())
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(true)
                .setPort(Ports.free())
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        settings.forEach(builder::setServerConfig);
        return new Postgres(startUnderLock(builder), home);
    }

    /**
     * The very first start unpacks the programs for all JVMs. Without the lock Zonky may unpack them a second time,
     * over programs that are running.
     */
    private static EmbeddedPostgres startUnderLock(EmbeddedPostgres.Builder builder) {
        return ForkLock.holding("postgres", () -> {
            try {
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    DataSource dataSource(String database) {
        return server.getDatabase(NAME, database);
    }

    /** The log file of PostgreSQL. */
    public Path log() {
        return log(home);
    }

    /** The id of the parent process of all PostgreSQL processes. */
    public long processId() {
        try (Stream<String> lines = Files.lines(home.resolve("data").resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path log(Path home) {
        return home.resolve("postgres.log");
    }

    @Override
    public String kind() {
        return "postgres";
    }

    @Override
    public List<String> keycloakArguments() {
        return keycloakArguments(NAME);
    }

    public List<String> keycloakArguments(String database) {
        return List.of(
                "--db-url=jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database,
                "--db-username=" + NAME,
                "--db-password=" + NAME);
    }

    /** Ends all connections at once and accepts no new ones. */
    public void stop() {
        control("stop", "-m", "fast");
    }

    public void startAgain() {
        control(
                "start",
                "-o",
                "-F -p " + server.getPort(),
                "-l",
                home.resolve("again.log").toString());
    }

    /** Ends PostgreSQL as a power cut does: it writes no more data and does not notify its connections. */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(
                        Stream.of(ProcessHandle.of(processId()).orElseThrow()),
                        ProcessHandle.of(processId()).orElseThrow().descendants())
                .toList();
        signal("-KILL");
        all.forEach(process -> process.onExit().join());
    }

    /** PostgreSQL accepts connections and queries, but does not answer. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void control(String action, String... options) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                programs.resolve("pg_ctl").toString(),
                action,
                "-D",
                home.resolve("data").toString(),
                "-w"));
        command.addAll(List.of(options));
        run(command);
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(processId())));
        ProcessHandle.of(processId())
                .orElseThrow()
                .descendants()
                .forEach(child -> command.add(Long.toString(child.pid())));
        run(command);
    }

    /** Zonky names the directory of the programs after their checksum. */
    private static Path programsOf(long processId) {
        return Path.of(ProcessHandle.of(processId)
                        .flatMap(process -> process.info().command())
                        .orElseThrow())
                .getParent();
    }

    private void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("control.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": see control.log beside the database");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
