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
 * The rows of one owner's credentials. They bypass Keycloak's user cache. For each credential that is added, Keycloak's
 * own store reads all of them twice. For each credential that is removed, it changes the priority of all that follow.
 */
interface AccountRows {
    /** The difference between the priorities of two neighbouring credentials, as in Keycloak's own stores. */
    int PRIORITY_DIFFERENCE = 10;

    /** Detaches the owner's credentials that this request has already read, because they may be older than its lock. */
    static AccountRows of(GuardedUser owner) {
        EntityManager entities =
                owner.session().getProvider(JpaConnectionProvider.class).getEntityManager();
        return StorageId.isLocalStorage(owner.id())
                ? new LocalRows(entities, owner.id())
                : new FederatedRows(entities, owner.realm().getId(), owner.id());
    }

    /** All credentials of the owner, of every type, by priority. */
    List<CredentialModel> all();

    /**
     * Locks a credential until the transaction ends. Empty if there is none with this id, or if it belongs to another
     * user.
     */
    Optional<CredentialModel> lock(String id);

    /** @param credential a complete credential, with an id and an unused label; it gets the last priority */
    void append(CredentialModel credential);

    /** Writes label and data of a locked credential. */
    void update(CredentialModel credential);

    /** Removes a locked credential. */
    void remove(String id);

    /** Detaches all entities of a type, so that the next query reads the rows from the database. */
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
