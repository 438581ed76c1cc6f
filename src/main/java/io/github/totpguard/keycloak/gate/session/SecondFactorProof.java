package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.store.UserStateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The time at which a login, or the session that it created, last proved a second factor. A proof belongs to the login.
 * When the login is complete, the note is copied from the authentication session to the user session. A trusted browser
 * is not a proof.
 */
public final class SecondFactorProof {
    private static final String NOTE = "totpGuard.secondFactorAt";

    private SecondFactorProof() {}

    /** Records that a second factor was accepted now. */
    public static void record(KeycloakSession session) {
        AuthenticationSessionModel authentication = session.getContext().getAuthenticationSession();
        if (authentication != null) {
            record(authentication);
        }
    }

    private static void record(AuthenticationSessionModel authentication) {
        authentication.setUserSessionNote(NOTE, Long.toString(ServerTime.now().getEpochSecond()));
    }

    /**
     * Records a passkey or security key. Keycloak's password form may accept a passkey, and its execution does not show
     * that. Only the credentials of the login do, and only until the login is complete.
     */
    public static void recordKey(AuthenticationSessionModel authentication) {
        if (!authentication.getUserSessionNotes().containsKey(NOTE) && isByKey(authentication)) {
            record(authentication);
        }
    }

    private static boolean isByKey(AuthenticationSessionModel authentication) {
        return AuthenticatorUtil.getAuthnCredentials(authentication).stream()
                .flatMap(type -> SecondFactor.ofType(type).stream())
                .anyMatch(SecondFactor::isKey);
    }

    /** The latest proof of this login, or of the browser session that it continues. */
    public static Optional<Instant> last(
            KeycloakSession session, RealmModel realm, UserModel user, AuthenticationSessionModel authentication) {
        return latest(Stream.concat(
                in(session, realm, authentication.getUserSessionNotes()),
                continuedSessionNotes(session, realm, user).flatMap(notes -> in(session, realm, notes))));
    }

    /** The latest proof of the login that created this session, or of a later login that continued the session. */
    public static Optional<Instant> lastIn(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        return latest(in(session, realm, userSession.getNotes()));
    }

    /** Whether this login itself has proved a second factor, regardless of the browser session. */
    public static boolean isGivenIn(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel authentication) {
        return in(session, realm, authentication.getUserSessionNotes())
                .findAny()
                .isPresent();
    }

    /** Whether the proof is at most this old. If the clock was set back since, the proof is not fresh. */
    public static boolean isFresh(Optional<Instant> proof, Duration maxAge) {
        Instant now = ServerTime.now();
        return proof.filter(proved -> !proved.plus(maxAge).isBefore(now))
                .filter(proved -> !proved.isAfter(now.plus(UserStateStore.CLOCK_TOLERANCE)))
                .isPresent();
    }

    private static Optional<Instant> latest(Stream<Instant> proofs) {
        return proofs.max(Comparator.naturalOrder());
    }

    private static Stream<Map<String, String>> continuedSessionNotes(
            KeycloakSession session, RealmModel realm, UserModel user) {
        AuthResult continued = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        return Stream.ofNullable(continued)
                .filter(result -> result.user().getId().equals(user.getId()))
                .map(result -> result.session().getNotes());
    }

    private static Stream<Instant> in(KeycloakSession session, RealmModel realm, Map<String, String> notes) {
        Stream<Instant> recorded = Stream.ofNullable(notes.get(NOTE))
                .filter(seconds -> seconds.matches("[0-9]{1,12}"))
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)));
        Stream<Instant> keys =
                AuthenticatorUtils.parseCompletedExecutions(notes.get(Constants.AUTHENTICATORS_COMPLETED))
                        .entrySet()
                        .stream()
                        .filter(entry -> asksForKey(session, realm, entry.getKey()))
                        .map(entry -> Instant.ofEpochSecond(entry.getValue()));
        return Stream.concat(recorded, keys);
    }

    /**
     * Keycloak's own steps for keys leave no note of TOTP Guard, so their completion counts. Completed steps for codes
     * do not count, because Keycloak's conditional OTP form also completes if it asked for no code.
     */
    private static boolean asksForKey(KeycloakSession session, RealmModel realm, String executionId) {
        return Stream.ofNullable(realm.getAuthenticationExecutionById(executionId))
                .filter(execution -> execution.getAuthenticator() != null)
                .map(execution -> (AuthenticatorFactory) session.getKeycloakSessionFactory()
                        .getProviderFactory(Authenticator.class, execution.getAuthenticator()))
                .flatMap(Stream::ofNullable)
                .flatMap(factory -> SecondFactor.ofType(factory.getReferenceCategory()).stream())
                .anyMatch(SecondFactor::isKey);
    }
}
