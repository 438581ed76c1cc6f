package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.store.TablesFactory;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Adds the table of shares to Keycloak's database. When a user, group or realm is removed, its rows are deleted from
 * the tables of shares and counters.
 */
public final class VaultJpaEntityProviderFactory extends TablesFactory {
    public VaultJpaEntityProviderFactory() {
        super("totp-guard-vault-jpa", "META-INF/totp-guard-vault-changelog.xml", List.of(ShareEntity.class));
    }

    @Override
    protected void onEvent(ProviderEvent event) {
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
}
