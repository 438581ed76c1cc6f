package io.github.totpguard.harness;

import java.util.List;
import javax.sql.DataSource;

/** A database of our own for Keycloak, empty at start; several nodes may share one. */
public interface DatabaseServer extends AutoCloseable {

    /** What {@code kc.sh build} has to be told, as {@code --db}. */
    String kind();

    /** What {@code kc.sh start} has to be told to use it. */
    List<String> keycloakArguments();

    DataSource dataSource();

    @Override
    void close();
}
