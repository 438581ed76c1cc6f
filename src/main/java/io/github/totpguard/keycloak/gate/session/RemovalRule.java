package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When users may remove a second factor of their own: once they have proved one in this session, and, if logins cannot do
 * without, while another one is left. Backup codes are no other one, as they are used up. Administrators always may.
 */
public final class RemovalRule {
    /** Why not; the message says so in words. */
    public enum Refusal {
        /** This session has proved only a first factor. */
        NOT_PROVED("totpGuard.error.removalNotProved"),
        /** It is the last one, and the login asks for one. */
        LAST("totpGuard.error.removalLast");

        private final String messageKey;

        Refusal(String messageKey) {
            this.messageKey = messageKey;
        }

        public String messageKey() {
            return messageKey;
        }
    }

    private static final Set<String> GUARDED = Set.of(OTPCredentialModel.TYPE, RecoveryAuthnCodesCredentialModel.TYPE);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private RemovalRule(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    public static RemovalRule of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new RemovalRule(session, realm, user);
    }

    /** Why a credential of this type cannot be removed in a login session. */
    public Optional<Refusal> refusal(String credentialType, AuthenticationSessionModel authentication) {
        return refusal(
                credentialType,
                authentication != null && SecondFactorProof.isGiven(session, realm, user, authentication));
    }

    /**
     * Why a credential of this type cannot be removed with a token.
     *
     * @param userSession the token's; nothing is proved without one
     */
    public Optional<Refusal> refusal(String credentialType, Optional<UserSessionModel> userSession) {
        return refusal(
                credentialType,
                userSession
                        .filter(login -> login.getUser().getId().equals(user.getId()))
                        .filter(login -> SecondFactorProof.isGivenIn(session, realm, login))
                        .isPresent());
    }

    private Optional<Refusal> refusal(String credentialType, boolean proved) {
        if (!GuardPolicy.isOn(realm) || !GUARDED.contains(credentialType)) {
            return Optional.empty();
        }
        if (!proved) {
            return Optional.of(Refusal.NOT_PROVED);
        }
        return OTPCredentialModel.TYPE.equals(credentialType) && isLastOneNeeded()
                ? Optional.of(Refusal.LAST)
                : Optional.empty();
    }

    private boolean isLastOneNeeded() {
        long devices = user.credentialManager()
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .count();
        return devices <= 1
                && new SecondFactorDemand(session, realm)
                        .ofDevices().stream().anyMatch(types -> types.stream().noneMatch(this::hasAnother));
    }

    private boolean hasAnother(String type) {
        return !GUARDED.contains(type) && user.credentialManager().isConfiguredFor(type);
    }
}
