package io.github.totpguard.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The database that Keycloak brings for development, in a file of ours, which we can look into while Keycloak uses it. */
final class H2File implements DatabaseServer {

    private static final String USER = "sa";
    private static final String PASSWORD = "keycloak";

    private final String url;

    private H2File(String url) {
        this.url = url;
    }

    static H2File in(String name) {
        Path home = Workspace.own(name);
        try {
            Workspace.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new H2File("jdbc:h2:file:" + home.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE");
    }

    @Override
    public String kind() {
        return "dev-file";
    }

    @Override
    public List<String> keycloakArguments() {
        return List.of("--db-url=" + url, "--db-username=" + USER, "--db-password=" + PASSWORD);
    }

    @Override
    public DataSource dataSource() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    @Override
    public void close() {
        // it ends with the process that has it open
    }
}
