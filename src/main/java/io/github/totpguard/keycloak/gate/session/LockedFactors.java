package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.gate.store.RequestLock;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The user's second factors in the database, locked with the user's row until the request ends. Rules that count
 * factors must use these. Keycloak's user cache may be outdated, and without the lock a parallel request would decide
 * on the same count.
 */
public final class LockedFactors {
    private final RequestLock lock;

    private LockedFactors(RequestLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the lock on the row. The same request must not make an attempt for this user afterwards, because the
     * attempt would wait for this lock.
     *
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if the database does not answer
     */
    public static LockedFactors of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new LockedFactors(RequestLock.hold(session, realm.getId(), user.getId()));
    }

    /** The ids of the credentials of this factor. */
    public Set<String> ids(SecondFactor factor) {
        return lock.credentialIds(factor.type());
    }
}
