package io.github.totpguard.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** The MariaDB that is installed on this machine, with its own port and data. */
public final class MariaDb implements DatabaseServer {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String NAME = "keycloak";

    private final ServerProcess server;
    private final String url;

    private MariaDb(ServerProcess server, String url) {
        this.server = server;
        this.url = url;
    }

    public static boolean isInstalled() {
        return program("mariadbd").isPresent();
    }

    public static MariaDb start(String name) {
        Path home = Workspace.own(name);
        int port = Ports.free();
        try {
            Workspace.delete(home);
            Workspace.directory(home);
            Path data = home.resolve("data");
            String user = System.getProperty("user.name");
            Process installation = new ProcessBuilder(
                            program("mariadb-install-db").orElseThrow(),
                            "--no-defaults",
                            "--user=" + user,
                            "--datadir=" + data,
                            "--skip-test-db")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("install.log").toFile())
                    .start();
            if (installation.waitFor() != 0) {
                throw new IllegalStateException("mariadb-install-db failed: see install.log beside the data");
            }
            Path first = Files.writeString(
                    home.resolve("first.sql"),
                    "CREATE DATABASE " + NAME + " CHARACTER SET utf8mb4;\n" + "CREATE USER " + NAME
                            + "@'127.0.0.1' IDENTIFIED BY '" + NAME + "';\n" + "GRANT ALL ON " + NAME + ".* TO " + NAME
                            + "@'127.0.0.1';\n");
            // The path of a socket is limited to about a hundred characters, which paths below the workspace may
            // exceed.
            Path socket = Files.createTempDirectory("mariadb").resolve("socket");
            ServerProcess server = ServerProcess.start(
                    new ProcessBuilder(
                            program("mariadbd").orElseThrow(),
                            "--no-defaults",
                            "--user=" + user,
                            "--datadir=" + data,
                            "--bind-address=127.0.0.1",
                            "--port=" + port,
                            "--socket=" + socket,
                            "--skip-name-resolve",
                            "--init-file=" + first),
                    home.resolve("mariadb.log"));
            MariaDb mariaDb = new MariaDb(server, "jdbc:mariadb://127.0.0.1:" + port + "/" + NAME);
            server.awaitReady("MariaDB", START_LIMIT, mariaDb::answers);
            return mariaDb;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private boolean answers() {
        try (Connection connection = dataSource().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public String kind() {
        return "mariadb";
    }

    @Override
    public List<String> keycloakArguments() {
        return List.of("--db-url=" + url, "--db-username=" + NAME, "--db-password=" + NAME);
    }

    @Override
    public DataSource dataSource() {
        try {
            MariaDbDataSource source = new MariaDbDataSource(url);
            source.setUser(NAME);
            source.setPassword(NAME);
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
