package io.github.totpguard.harness;

import java.net.URI;
import java.util.Optional;
import javax.sql.DataSource;

/** A running Keycloak that contains the provider jar, the test provider and the bootstrap administrator. */
public interface KeycloakRuntime extends AutoCloseable {

    String ADMIN = "admin";

    /** Without a trailing slash. */
    URI baseUrl();

    /** The management interface, which serves the metrics; without a trailing slash. */
    URI managementUrl();

    /**
     * Direct access to the database, if the runtime gives it. Tests use {@link Database#of} and are skipped otherwise.
     */
    Optional<DataSource> database();

    /** The whole output so far. */
    String log();

    @Override
    void close();

    /** Starts the runtime that the system property {@code keycloak.runtime} names. */
    static KeycloakRuntime start() {
        String kind = System.getProperty("keycloak.runtime", "process");
        return switch (kind) {
            case "process" -> DistributionKeycloak.onItsOwnDatabase("keycloak");
            case "container" -> ContainerKeycloak.start();
            default -> throw new IllegalArgumentException("keycloak.runtime must be process or container, not " + kind);
        };
    }
}
