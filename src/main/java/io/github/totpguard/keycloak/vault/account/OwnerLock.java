package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.store.RequestLock;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The rows of users who own something, locked until the request's transaction ends. What is then read past Keycloak's cache
 * stays true until the request has written, on all nodes.
 */
public final class OwnerLock {
    private OwnerLock() {}

    /**
     * Waits for the rows, in the order of the users' ids: two requests that need the same two rows never wait for each other.
     * No attempt of these users may follow in the same request, as it would wait for this lock.
     *
     * @throws VerificationUnavailableException if the database does not give them
     */
    public static void hold(KeycloakSession session, RealmModel realm, UserModel... owners) {
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
