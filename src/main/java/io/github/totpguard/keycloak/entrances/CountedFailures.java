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
 * The failures of a user that Keycloak's protector has counted or will count soon. It counts them in a separate job,
 * after the response.
 *
 * <p>A failure of the same login, with any of its factors, is therefore noted in the authentication session, which all
 * nodes see. A failure in another login of the user at the same time may be counted after this login was found to have
 * nothing to clear. It then stays counted until the user's next success. Keycloak alone has the same race: its jobs run
 * on several threads and nodes, so the success may be handled before the failure.
 */
final class CountedFailures {
    /** Set if a failure was reported in this login. */
    private static final String NOTE = "totpGuard.failureReported";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    CountedFailures(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** Notes that a failure is being reported. It may not be counted yet when the login succeeds. */
    void expectOne() {
        login().ifPresent(login -> login.setAuthNote(NOTE, Boolean.TRUE.toString()));
    }

    /**
     * Whether a success may have failures to clear.
     *
     * @param categories the categories of the factors that succeeded; failures at codes are cleared only by a right
     *     code
     */
    boolean mayBeClearedBy(Set<String> categories) {
        return login().map(login -> login.getAuthNote(NOTE)).isPresent()
                || record().filter(record -> holdsSomething(record, categories)).isPresent();
    }

    private static boolean holdsSomething(UserLoginFailureModel record, Set<String> categories) {
        // If login failures are stored in the database, Keycloak keeps a record after clearing it. All failures except
        // those at codes are cleared by any success.
        return record.getNumFailures() > 0
                || record.getLastFailure() > 0
                || record.getFailedLoginNotBefore() > 0
                || record.getNumTemporaryLockouts() > 0
                || (categories.contains(DefaultBruteForceProtector.OTP_CATEGORY)
                        && record.getNumSecondaryAuthFailures() > 0);
    }

    /**
     * Keycloak returns null if no failure was ever counted. This is a read of a cache. If login failures are stored in
     * the database, it is a read of a row that the request has already read to learn whether the user is locked.
     */
    private Optional<UserLoginFailureModel> record() {
        return Optional.ofNullable(session.loginFailures().getUserLoginFailure(realm, user.getId()));
    }

    /** Keycloak returns null outside of a login. */
    private Optional<AuthenticationSessionModel> login() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession());
    }
}
