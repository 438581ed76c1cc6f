package io.github.totpguard.harness;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The official image through Testcontainers, on the H2 database inside the container, which other processes cannot
 * open.
 */
final class ContainerKeycloak implements KeycloakRuntime {

    // The container's own limit of two minutes is too short if a first start shares its cores.
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final KeycloakContainer container;

    private ContainerKeycloak(KeycloakContainer container) {
        this.container = container;
    }

    // close() closes the container; the compiler sees only the results of the builder methods.
    @SuppressWarnings("resource")
    static ContainerKeycloak start() {
        KeycloakContainer container = new KeycloakContainer(
                        "quay.io/keycloak/keycloak:" + System.getProperty("keycloak.version"))
                .withAdminUsername(ADMIN)
                .withAdminPassword(ADMIN)
                .withStartupTimeout(START_LIMIT)
                .withEnabledMetrics()
                .withProviderLibsFrom(
                        Workspace.providerJars().stream().map(Path::toFile).toList());
        container.start();
        return new ContainerKeycloak(container);
    }

    @Override
    public URI baseUrl() {
        return URI.create(container.getAuthServerUrl().replaceFirst("/$", ""));
    }

    @Override
    public URI managementUrl() {
        return URI.create(container.getMgmtServerUrl().replaceFirst("/$", ""));
    }

    @Override
    public Optional<DataSource> database() {
        return Optional.empty();
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.close();
    }
}
