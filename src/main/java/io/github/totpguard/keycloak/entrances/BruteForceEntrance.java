package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collections;
import java.util.Set;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.services.managers.DefaultBruteForceProtector;

/**
 * Keycloak's brute-force protector. A success is reported to it only if there may be failures to clear. A report costs
 * a session, a transaction and a job on another thread, and most logins have nothing to clear.
 *
 * <p>Keycloak's list of logins in progress needs no report. An entry is removed at the end of the request that made it,
 * and waits for a job only if one was started.
 */
final class BruteForceEntrance implements BruteForceProtector {
    private final KeycloakSession session;
    private final BruteForceProtector keycloaks;

    /** @param keycloaks the protector of the server, which all sessions share */
    BruteForceEntrance(KeycloakSession session, BruteForceProtector keycloaks) {
        this.session = session;
        this.keycloaks = keycloaks;
    }

    @Override
    public void failedLogin(
            RealmModel realm, UserModel user, ClientConnection client, UriInfo uri, Set<String> categories) {
        if (GuardPolicy.isOn(realm)) {
            new CountedFailures(session, realm, user).expectOne();
        }
        keycloaks.failedLogin(realm, user, client, uri, categories);
    }

    @Override
    public void successfulLogin(
            RealmModel realm, UserModel user, ClientConnection client, UriInfo uri, Set<String> categories) {
        if (!GuardPolicy.isOn(realm)
                || isIgnored(categories)
                || new CountedFailures(session, realm, user).mayBeClearedBy(categories)) {
            keycloaks.successfulLogin(realm, user, client, uri, categories);
        }
    }

    /**
     * Whether Keycloak ignores a success with these categories, for example a login by session cookie. If so, the
     * failures need not be read.
     */
    private static boolean isIgnored(Set<String> categories) {
        return categories == null
                || Collections.disjoint(DefaultBruteForceProtector.ALLOWED_AUTHENTICATION_CATEGORIES, categories);
    }

    @Override
    public boolean isTemporarilyDisabled(KeycloakSession asking, RealmModel realm, UserModel user) {
        return keycloaks.isTemporarilyDisabled(asking, realm, user);
    }

    @Override
    public boolean isPermanentlyLockedOut(KeycloakSession asking, RealmModel realm, UserModel user) {
        return keycloaks.isPermanentlyLockedOut(asking, realm, user);
    }

    @Override
    public void cleanUpPermanentLockout(KeycloakSession asking, RealmModel realm, UserModel user) {
        keycloaks.cleanUpPermanentLockout(asking, realm, user);
    }

    /** Keycloak's own protector lives longer than this session. */
    @Override
    public void close() {
        // nothing to close
    }
}
