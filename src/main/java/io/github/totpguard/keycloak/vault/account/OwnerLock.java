package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.store.RequestLock;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Locks the rows of owners until the request's transaction ends. What is then read from the database, not from
 * Keycloak's cache, does not change on any node until the request has written.
 */
final class OwnerLock {
    private OwnerLock() {}

    /**
     * Waits for the rows in the order of the users' ids, so that two requests that need the same two rows cannot
     * deadlock. No attempt of these users may follow in the same request, because it would wait for this lock.
     *
     * @throws VerificationUnavailableException if the database does not grant the locks
     */
    static void hold(KeycloakSession session, RealmModel realm, UserModel... owners) {
        try {
            Stream.of(owners)
                    .map(UserModel::getId)
                    .distinct()
                    .sorted()
                    .forEach(id -> RequestLock.hold(session, realm.getId(), id));
        } catch (VerificationUnavailableException e) {
            throw e.logged("Nothing in the vault was changed");
        }
    }
}
