package io.github.totpguard.keycloak.gate.store;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/** Brings tables into Keycloak's database, by a changelog, and hears of users and realms that are removed. */
public abstract class TablesFactory implements JpaEntityProviderFactory {
    private final String id;
    private final String changelog;
    private final List<Class<?>> entities;

    /**
     * @param id Keycloak makes the name of the changelog's own table of its first ten letters
     * @param changelog a resource
     * @param entities the tables that Hibernate maps
     */
    protected TablesFactory(String id, String changelog, List<Class<?>> entities) {
        this.id = id;
        this.changelog = changelog;
        this.entities = entities;
    }

    /** An event of Keycloak's: the tables are there, a user or a realm is being removed, or something else. */
    protected abstract void onEvent(ProviderEvent event);

    @Override
    public final JpaEntityProvider create(KeycloakSession session) {
        return new Tables();
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        factory.register(this::onEvent);
    }

    @Override
    public final void close() {
        // nothing is held
    }

    @Override
    public final String getId() {
        return id;
    }

    private final class Tables implements JpaEntityProvider {
        @Override
        public List<Class<?>> getEntities() {
            return entities;
        }

        @Override
        public String getChangelogLocation() {
            return changelog;
        }

        @Override
        public String getFactoryId() {
            return id;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
