package io.github.totpguard.keycloak.entrances;

import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.DefaultBruteForceProtector;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What Keycloak's protector holds against a user, or will shortly: it counts failures in a job of its own, after the
 * answer.
 *
 * <p>A failure of the same login, at any of its factors, is therefore noted in the authentication session, which goes with
 * the login from node to node. A failure in another login of the user at the same moment may be counted after this one was
 * found to have nothing to clear. Then it stays counted until the user's next success. Keycloak alone has the same race:
 * its jobs run on several threads and nodes, so the success may be handled before the failure.
 */
final class CountedFailures {
    /** Set where a failure was reported in this login. */
    private static final String NOTE = "totpGuard.failureReported";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    CountedFailures(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** A failure is being reported, and may not be counted yet when the login succeeds. */
    void expectOne() {
        login().ifPresent(login -> login.setAuthNote(NOTE, Boolean.TRUE.toString()));
    }

    /** @param categories of the factors that succeeded: failures at codes are cleared by a right code alone */
    boolean mayBeClearedBy(Set<String> categories) {
        return login().map(login -> login.getAuthNote(NOTE)).isPresent()
                || record().filter(record -> holdsSomething(record, categories)).isPresent();
    }

    private static boolean holdsSomething(UserLoginFailureModel record, Set<String> categories) {
        // With stores in the database Keycloak keeps a record that it has cleared. Other failures than those at codes
        // are cleared by any success.
        return record.getNumFailures() > 0
                || record.getLastFailure() > 0
                || record.getFailedLoginNotBefore() > 0
                || record.getNumTemporaryLockouts() > 0
                || (categories.contains(DefaultBruteForceProtector.OTP_CATEGORY)
                        && record.getNumSecondaryAuthFailures() > 0);
    }

    /**
     * Null in Keycloak where nothing was ever counted. It is a read of a cache, or with stores in the database of a row
     * that the request has already asked for to learn whether the user is locked.
     */
    private Optional<UserLoginFailureModel> record() {
        return Optional.ofNullable(session.loginFailures().getUserLoginFailure(realm, user.getId()));
    }

    /** Null in Keycloak outside of a login. */
    private Optional<AuthenticationSessionModel> login() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession());
    }
}
