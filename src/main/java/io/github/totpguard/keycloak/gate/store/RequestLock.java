package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import jakarta.persistence.PersistenceException;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * The user's row, locked by the request's own transaction until that ends. Use it for rules about credentials, because
 * Keycloak adds and removes credentials in the request's transaction.
 */
public final class RequestLock {
    private final CredentialTable credentials;
    private final String userId;

    private RequestLock(CredentialTable credentials, String userId) {
        this.credentials = credentials;
        this.userId = userId;
    }

    /**
     * Locks the row, and creates it if there is none.
     *
     * @throws VerificationUnavailableException if the database does not grant the lock
     */
    public static RequestLock hold(KeycloakSession session, String realmId, String userId) {
        try {
            StateTable table = StateTable.of(session);
            if (table.lock(userId).isEmpty()) {
                // The row is created in a separate transaction, which retries if two requests create it at the same
                // time.
                UserStateStore.createRow(session, realmId, userId);
                table.lock(userId);
            }
            return new RequestLock(CredentialTable.of(session), userId);
        } catch (PersistenceException e) {
            throw unavailable(e);
        }
    }

    /** The ids of the user's stored credentials of this type, as last committed. */
    public Set<String> credentialIds(String type) {
        try {
            return credentials.ids(userId, type);
        } catch (PersistenceException e) {
            throw unavailable(e);
        }
    }

    private static VerificationUnavailableException unavailable(PersistenceException e) {
        return new VerificationUnavailableException(
                Cause.DATABASE, "The user's row could not be locked, so nothing was changed: check the database", e);
    }
}
