package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.policy.GuardNames;
import jakarta.persistence.EntityManager;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * Counter and shares of an account go with it, in the transaction that removes it. Keycloak has no event for a credential that
 * is removed, and several ways to remove one: the vault, the admin REST, a user who is removed, other providers. All of them
 * end in the removal of an entity.
 */
final class RemovedAccounts implements PreDeleteEventListener {

    private RemovedAccounts() {}

    /** Once per server, when the entities are known. */
    static void watch(KeycloakSession session) {
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .getEntityManagerFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getServiceRegistry()
                .requireService(EventListenerRegistry.class)
                .appendListeners(EventType.PRE_DELETE, new RemovedAccounts());
    }

    /** @return whether the removal is vetoed */
    @Override
    public boolean onPreDelete(PreDeleteEvent event) {
        // Keycloak opens no other sessions than those of an entity manager.
        EntityManager entities = (SessionImplementor) event.getSession();
        if (event.getEntity() instanceof CredentialEntity credential) {
            removed(entities, credential.getType(), credential.getId());
        } else if (event.getEntity() instanceof FederatedUserCredentialEntity credential) {
            removed(entities, credential.getType(), credential.getId());
        }
        return false;
    }

    private static void removed(EntityManager entities, String type, String credentialId) {
        if (GuardNames.VAULT_ACCOUNT.equals(type)) {
            AccountCounters.forget(entities, credentialId);
            Shares.removeAll(entities, credentialId);
        }
    }
}
