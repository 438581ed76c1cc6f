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
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When a login, or the session that came of it, last proved a second factor. A proof is a property of the login: the note is
 * copied from the authentication session to the user's session when the login is complete. A trusted browser gives none.
 */
public final class SecondFactorProof {
    private static final String NOTE = "totpGuard.secondFactorAt";

    private SecondFactorProof() {}

    /** A second factor was accepted just now. */
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
     * A passkey may be accepted by Keycloak's password form, whose execution does not say so. The credentials of the login do,
     * until it is complete.
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

    /** The last one of this login, or of the browser session that it continues. */
    public static Optional<Instant> last(
            KeycloakSession session, RealmModel realm, UserModel user, AuthenticationSessionModel authentication) {
        return latest(Stream.concat(
                in(session, realm, authentication.getUserSessionNotes()),
                continuedSessionNotes(session, realm, user).flatMap(notes -> in(session, realm, notes))));
    }

    /** The last one of the login from which this session came, or of a later login that it took over. */
    public static Optional<Instant> lastIn(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        return latest(in(session, realm, userSession.getNotes()));
    }

    /** Whether this login has proved one, whatever the browser's session did. */
    public static boolean isGivenIn(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel authentication) {
        return in(session, realm, authentication.getUserSessionNotes())
                .findAny()
                .isPresent();
    }

    /** Whether a proof is not older than this. If the clock was set back since, it is not. */
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
     * Steps for keys are Keycloak's own and leave no note of ours. Those for codes do not count by themselves: Keycloak's
     * conditional OTP form completes also where it asked for nothing.
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
