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
 * Removes the counter and the shares of an account in the transaction that removes the account. Keycloak has no event
 * for the removal of a credential, and several ways to remove one: the vault, the admin REST API, the removal of a
 * user, other providers. All of them end in the removal of an entity.
 */
final class RemovedAccounts implements PreDeleteEventListener {

    private RemovedAccounts() {}

    /** Registers the listener. Call this once per server, when the entities are known. */
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
        // Keycloak opens only sessions that are entity managers.
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
