package io.github.totpguard.harness;

import java.util.List;
import javax.sql.DataSource;

/** A database of the tests' own for Keycloak, empty at start. Several nodes may share it. */
public interface DatabaseServer extends AutoCloseable {

    /** The value of {@code --db} for {@code kc.sh build}. */
    String kind();

    /** The arguments for {@code kc.sh start} to use this database. */
    List<String> keycloakArguments();

    DataSource dataSource();

    @Override
    void close();
}
