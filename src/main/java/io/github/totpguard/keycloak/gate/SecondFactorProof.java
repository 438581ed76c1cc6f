package io.github.totpguard.keycloak.gate;

import java.util.Map;
import java.util.Objects;
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

    static void record(KeycloakSession session) {
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
        return AuthenticatorUtils.parseCompletedExecutions(notes.get(Constants.AUTHENTICATORS_COMPLETED))
                .keySet()
                .stream()
                .map(realm::getAuthenticationExecutionById)
                .filter(Objects::nonNull)
                .map(AuthenticationExecutionModel::getAuthenticator)
                .filter(Objects::nonNull)
                .map(id -> (AuthenticatorFactory)
                        session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id))
                .filter(Objects::nonNull)
                .map(AuthenticatorFactory::getReferenceCategory)
                .anyMatch(category -> category != null && OTHER_FACTORS.contains(category));
    }
}
