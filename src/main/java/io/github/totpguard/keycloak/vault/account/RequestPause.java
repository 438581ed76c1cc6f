package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.store.RequestConnection;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import org.keycloak.models.KeycloakSession;

/**
 * A part of a request that takes long and needs no database: reading a body from the network, deriving a key. If the
 * request kept its database connection meanwhile, a few slow requests would use up all connections of the node.
 */
public final class RequestPause {
    private RequestPause() {}

    /**
     * Returns the request's database connection to the pool; the next query takes another one. The request's
     * transaction ends and a new one begins, so the request must hold no lock. If the request has written something, it
     * keeps the connection.
     *
     * @throws VerificationUnavailableException if the database cannot end a transaction that has only read
     */
    public static void begin(KeycloakSession session) {
        try {
            RequestConnection.giveBack(session);
        } catch (VerificationUnavailableException e) {
            throw e.logged("A request of the vault was refused");
        }
    }
}
