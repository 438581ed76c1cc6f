package io.github.totpguard.keycloak.gate.store;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * The tables {@code TOTP_GUARD_STATE} and {@code TOTP_GUARD_COUNTER}, which have one changelog. The rows of removed users and
 * realms are deleted from the first; the vault deletes its counters.
 */
public final class GuardJpaEntityProviderFactory extends TablesFactory {
    private static final String ID = "totp-guard-jpa";

    private CrashMemory crashMemory;

    static CrashMemory crashMemory(KeycloakSession session) {
        return ((GuardJpaEntityProviderFactory)
                        session.getKeycloakSessionFactory().getProviderFactory(JpaEntityProvider.class, ID))
                .crashMemory;
    }

    public GuardJpaEntityProviderFactory() {
        // There are no entities; StateTable gives the reason.
        super(ID, "META-INF/totp-guard-changelog.xml", List.of());
    }

    @Override
    public void init(Config.Scope config) {
        crashMemory = new CrashMemory(config);
    }

    @Override
    protected void onEvent(ProviderEvent event) {
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
}
