package io.github.totpguard.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/** A PostgreSQL of our own, empty at start. */
final class Postgres implements DatabaseServer {

    private static final String NAME = "postgres";

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static Postgres start(String name) {
        Path home = Workspace.own(name);
        Workspace.directory(home);
        // PostgreSQL talks about every start at length; it may do so into a file.
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.to(home.resolve("postgres.log").toFile());
        try {
            return new Postgres(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(home.resolve("program").toFile())
                    .setDataDirectory(home.resolve("data"))
                    .setCleanDataDirectory(true)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    @Override
    public List<String> keycloakArguments() {
        return List.of(
                "--db=postgres",
                "--db-url=jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + NAME,
                "--db-username=" + NAME,
                "--db-password=" + NAME);
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
