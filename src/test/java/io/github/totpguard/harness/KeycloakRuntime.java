package io.github.totpguard.harness;

import java.net.URI;
import java.util.Optional;
import javax.sql.DataSource;

/** A running Keycloak with the provider jar and the test provider in it, and the bootstrap administrator. */
public interface KeycloakRuntime extends AutoCloseable {

    String ADMIN = "admin";

    /** Without a slash at the end. */
    URI baseUrl();

    /** The management interface, where the metrics are; without a slash at the end. */
    URI managementUrl();

    /** The database itself, where the runtime lets us in. Tests ask {@link Database#of} and are skipped otherwise. */
    Optional<DataSource> database();

    /** All output so far. */
    String log();

    @Override
    void close();

    /** Starts the kind that the system property {@code keycloak.runtime} names. */
    static KeycloakRuntime start() {
        String kind = System.getProperty("keycloak.runtime", "process");
        return switch (kind) {
            case "process" -> DistributionKeycloak.onItsOwnDatabase("keycloak");
            case "container" -> ContainerKeycloak.start();
            default -> throw new IllegalArgumentException("keycloak.runtime must be process or container, not " + kind);
        };
    }
}
