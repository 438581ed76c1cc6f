package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.store.RequestConnection;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import org.keycloak.models.KeycloakSession;

/**
 * A part of a request that takes long and needs no database: reading a body from the network, deriving a key. Without
 * giving the connection back, some slow requests would take all connections of the node.
 */
public final class RequestPause {
    private RequestPause() {}

    /**
     * Gives the request's database connection back; the next query takes another. The request's transaction ends and a new
     * one begins, so the request must hold no lock. If it has written something, the connection stays.
     *
     * @throws VerificationUnavailableException if the database did not let a transaction end that only read
     */
    public static void begin(KeycloakSession session) {
        try {
            RequestConnection.giveBack(session);
        } catch (VerificationUnavailableException e) {
            throw e.logged("A request of the vault was refused");
        }
    }
}
