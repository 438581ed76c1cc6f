package io.github.totpguard.keycloak.vault.account;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Brings the table of shares into Keycloak's database, and empties it and that of the counters of users, groups and realms that
 * are removed.
 */
public final class VaultJpaEntityProviderFactory implements JpaEntityProviderFactory {
    // Keycloak makes the name of the changelog's own table of its first ten letters.
    private static final String ID = "totp-guard-vault-jpa";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new Entities();
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(VaultJpaEntityProviderFactory::onEvent);
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
            KeycloakModelUtils.runJobInTransaction(migrated.getFactory(), RemovedAccounts::watch);
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            String userId = removed.getUser().getId();
            remove(removed.getKeycloakSession(), "totpGuard.removeSharesByUser", userId);
            CounterTable.of(removed.getKeycloakSession()).removeUser(userId);
        } else if (event instanceof GroupModel.GroupRemovedEvent removed) {
            remove(
                    removed.getKeycloakSession(),
                    "totpGuard.removeSharesByGroup",
                    removed.getGroup().getId());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            String realmId = removed.getRealm().getId();
            remove(removed.getKeycloakSession(), "totpGuard.removeSharesByRealm", realmId);
            CounterTable.of(removed.getKeycloakSession()).removeRealm(realmId);
        }
    }

    private static void remove(KeycloakSession session, String query, String id) {
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createNamedQuery(query)
                .setParameter("id", id)
                .executeUpdate();
    }

    private static final class Entities implements JpaEntityProvider {
        @Override
        public List<Class<?>> getEntities() {
            return List.of(ShareEntity.class);
        }

        @Override
        public String getChangelogLocation() {
            return "META-INF/totp-guard-vault-changelog.xml";
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
