package io.github.totpguard.keycloak.gate.session;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether the present session has proved a second factor, not only a password. */
public final class SecondFactorProof {
    /** Copied from the authentication session to the user's session when the login is complete. */
    private static final String NOTE = "totpGuard.secondFactorAt";

    /**
     * Other factors that count. Keycloak's conditional OTP form is why {@code otp} is not among them: it completes
     * also where it asked for nothing. Our own note says when a code was really accepted.
     */
    private static final Set<String> OTHER_FACTORS = Set.of(
            WebAuthnCredentialModel.TYPE_TWOFACTOR,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS,
            RecoveryAuthnCodesCredentialModel.TYPE);

    /** All that is a second factor. */
    static final Set<String> FACTORS = Stream.concat(Stream.of(OTPCredentialModel.TYPE), OTHER_FACTORS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private SecondFactorProof() {}

    public static void record(KeycloakSession session) {
        AuthenticationSessionModel authentication = session.getContext().getAuthenticationSession();
        if (authentication != null) {
            authentication.setUserSessionNote(NOTE, Long.toString(Time.currentTimeMillis() / 1000));
        }
    }

    /** Whether this login, or the browser session that it continues, has proved a second factor of this user. */
    public static boolean isGiven(
            KeycloakSession session, RealmModel realm, UserModel user, AuthenticationSessionModel authentication) {
        return isIn(session, realm, authentication.getUserSessionNotes())
                || continuedSessionNotes(session, realm, user).anyMatch(notes -> isIn(session, realm, notes));
    }

    /** Whether the login from which this session came, or a later one that it took over, has proved one. */
    static boolean isGivenIn(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        return isIn(session, realm, userSession.getNotes());
    }

    /** Whether this login has proved one, whatever the browser's session did. */
    public static boolean isGivenIn(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel authentication) {
        return isIn(session, realm, authentication.getUserSessionNotes());
    }

    private static Stream<Map<String, String>> continuedSessionNotes(
            KeycloakSession session, RealmModel realm, UserModel user) {
        AuthResult continued = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        return Stream.ofNullable(continued)
                .filter(result -> result.user().getId().equals(user.getId()))
                .map(result -> result.session().getNotes());
    }

    private static boolean isIn(KeycloakSession session, RealmModel realm, Map<String, String> notes) {
        return notes.containsKey(NOTE) || otherFactorCompleted(session, realm, notes);
    }

    private static boolean otherFactorCompleted(KeycloakSession session, RealmModel realm, Map<String, String> notes) {
        return completed(session, realm, notes).anyMatch(CompletedExecution::isOtherFactor);
    }

    /** When this session last proved one; empty if it never did. */
    static Optional<Instant> lastIn(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        Stream<Instant> codes = Stream.ofNullable(userSession.getNote(NOTE))
                .filter(seconds -> seconds.matches("[0-9]{1,12}"))
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)));
        Stream<Instant> others = completed(session, realm, userSession.getNotes())
                .filter(CompletedExecution::isOtherFactor)
                .map(CompletedExecution::at);
        return Stream.concat(codes, others).max(Comparator.naturalOrder());
    }

    /** What logins completed in a session with these notes, as far as it is still in a flow. */
    static Stream<CompletedExecution> completed(KeycloakSession session, RealmModel realm, Map<String, String> notes) {
        return AuthenticatorUtils.parseCompletedExecutions(notes.get(Constants.AUTHENTICATORS_COMPLETED))
                .entrySet()
                .stream()
                .flatMap(entry -> Stream.ofNullable(realm.getAuthenticationExecutionById(entry.getKey()))
                        .filter(execution -> execution.getAuthenticator() != null)
                        .map(execution -> CompletedExecution.of(session, execution, entry.getValue())));
    }

    /**
     * @param authenticator the provider's id
     * @param category its reference category, if it has one
     */
    record CompletedExecution(String authenticator, Optional<String> category, Instant at) {
        private static CompletedExecution of(
                KeycloakSession session, AuthenticationExecutionModel execution, int epochSecond) {
            String id = execution.getAuthenticator();
            return new CompletedExecution(
                    id,
                    Optional.ofNullable((AuthenticatorFactory)
                                    session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id))
                            .map(AuthenticatorFactory::getReferenceCategory),
                    Instant.ofEpochSecond(epochSecond));
        }

        boolean isOf(String provider) {
            return authenticator.equals(provider);
        }

        boolean isOtherFactor() {
            return category.filter(OTHER_FACTORS::contains).isPresent();
        }
    }
}
