package io.github.totpguard.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Keycloak's embedded database for development, in a file that the tests can read while Keycloak uses it. Keycloak's
 * tables are in a schema that is not the default of its connections, as {@code --db-schema} allows: a statement that
 * does not name the schema does not find them. Statements of the tests need not name it.
 */
public final class H2File implements DatabaseServer {

    private static final String USER = "sa";
    private static final String PASSWORD = "keycloak";
    private static final String SCHEMA = "APART";

    private final String url;

    private H2File(String url) {
        this.url = url;
    }

    public static H2File in(String name) {
        Path home = Workspace.own(name);
        try {
            Workspace.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String url = "jdbc:h2:file:" + home.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE";
        new Database(source(url)::getConnection).update("CREATE SCHEMA " + SCHEMA);
        return new H2File(url);
    }

    @Override
    public String kind() {
        return "dev-file";
    }

    @Override
    public List<String> keycloakArguments() {
        return List.of(
                "--db-url=" + url, "--db-username=" + USER, "--db-password=" + PASSWORD, "--db-schema=" + SCHEMA);
    }

    @Override
    public DataSource dataSource() {
        return source(url + ";SCHEMA=" + SCHEMA);
    }

    private static DataSource source(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    @Override
    public void close() {
        // H2 ends with the process that has the file open.
    }
}
