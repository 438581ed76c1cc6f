package io.github.totpguard.keycloak.gate.store;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/** Brings our tables into Keycloak's database, and empties them of users and realms that are removed. */
public final class GuardJpaEntityProviderFactory implements JpaEntityProviderFactory {
    // Keycloak makes the name of the changelog's own table of it.
    private static final String ID = "totp-guard-jpa";

    private CrashMemory crashMemory;

    static CrashMemory crashMemory(KeycloakSession session) {
        return ((GuardJpaEntityProviderFactory)
                        session.getKeycloakSessionFactory().getProviderFactory(JpaEntityProvider.class, ID))
                .crashMemory;
    }

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new Entities();
    }

    @Override
    public void init(Config.Scope config) {
        crashMemory = new CrashMemory(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(GuardJpaEntityProviderFactory::onEvent);
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public String getId() {
        return ID;
    }

    private static void onEvent(ProviderEvent event) {
        if (event instanceof PostMigrationEvent migrated) {
            KeycloakModelUtils.runJobInTransaction(migrated.getFactory(), WriteMark::watch);
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            StateTable.of(removed.getKeycloakSession())
                    .removeUser(removed.getUser().getId());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            StateTable.of(removed.getKeycloakSession())
                    .removeRealm(removed.getRealm().getId());
        }
    }

    private static final class Entities implements JpaEntityProvider {
        @Override
        public List<Class<?>> getEntities() {
            // StateTable says why.
            return List.of();
        }

        @Override
        public String getChangelogLocation() {
            return "META-INF/totp-guard-changelog.xml";
        }

        @Override
        public String getFactoryId() {
            return ID;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
