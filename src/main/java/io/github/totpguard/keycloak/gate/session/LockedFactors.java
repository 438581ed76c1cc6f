package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.gate.store.RequestLock;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The second factors that a user has in the database at this moment, locked with the user's row until the request ends. Rules
 * about a count are decided on these: Keycloak's user cache may be older, and a second request would decide on the same count.
 */
public final class LockedFactors {
    private final RequestLock lock;

    private LockedFactors(RequestLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the row. No attempt of this user may follow in the same request, as it would wait for this lock.
     *
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if the database does not answer
     */
    public static LockedFactors of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new LockedFactors(RequestLock.hold(session, realm.getId(), user.getId()));
    }

    /** The ids of the credentials of this kind. */
    public Set<String> ids(SecondFactor factor) {
        return lock.credentialIds(factor.type());
    }
}
