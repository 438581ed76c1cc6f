package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.GuardedUser;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SessionImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.storage.StorageId;

/**
 * The rows of one owner's credentials, past Keycloak's cache of users. Keycloak's own store reads all of them twice for each
 * one that is added, and changes the priority of all that follow one that is removed.
 */
interface AccountRows {
    /** Between two credentials, as in Keycloak's own stores. */
    int PRIORITY_DIFFERENCE = 10;

    /** What this request has read of the owner's credentials before is forgotten, as it may be older than its lock. */
    static AccountRows of(GuardedUser owner) {
        EntityManager entities =
                owner.session().getProvider(JpaConnectionProvider.class).getEntityManager();
        return StorageId.isLocalStorage(owner.id())
                ? new LocalRows(entities, owner.id())
                : new FederatedRows(entities, owner.realm().getId(), owner.id());
    }

    /** All credentials of the owner, of every type, by priority. */
    List<CredentialModel> all();

    /** Locks one until the transaction ends. Empty if there is none with this id, or if it is another user's. */
    Optional<CredentialModel> lock(String id);

    /** @param credential complete, with an id and a label that is not taken; it becomes the last by priority */
    void append(CredentialModel credential);

    /** Label and data of one that is locked. */
    void update(CredentialModel credential);

    /** Removes one that is locked. */
    void remove(String id);

    /** So that the next query reads the database's rows. */
    static void forget(EntityManager entities, Class<?> type) {
        entities.flush();
        Stream.of(entities.unwrap(SessionImplementor.class)
                        .getPersistenceContext()
                        .reentrantSafeEntityEntries())
                .map(Map.Entry::getKey)
                .filter(type::isInstance)
                .forEach(entities::detach);
    }
}
