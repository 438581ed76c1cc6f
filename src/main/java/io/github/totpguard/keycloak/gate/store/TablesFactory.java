package io.github.totpguard.keycloak.gate.store;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/** Adds tables to Keycloak's database with a changelog, and receives events about removed users and realms. */
public abstract class TablesFactory implements JpaEntityProviderFactory {
    private final String id;
    private final String changelog;
    private final List<Class<?>> entities;

    /**
     * @param id the provider id; Keycloak uses its first ten letters in the name of the changelog's own table
     * @param changelog the changelog's resource path
     * @param entities the tables that Hibernate maps
     */
    protected TablesFactory(String id, String changelog, List<Class<?>> entities) {
        this.id = id;
        this.changelog = changelog;
        this.entities = entities;
    }

    /** Handles a Keycloak event: the tables are ready, a user or a realm is being removed, or another event. */
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
        // nothing to close
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
            // nothing to close
        }
    }
}
