package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Decides when users may remove one of their own second factors. They must have proved a factor in this session. If
 * logins require a second factor, another one must remain. Backup codes do not count as the remaining one, because they
 * are used up. Administrators may always remove factors.
 *
 * <p>If a credential may be removed, it is locked with the user's row until the request ends. Otherwise two parallel
 * removals could each see the other's credential as the remaining one.
 */
public final class RemovalRule {
    /** Why a removal is refused; the message explains it. */
    public enum Refusal {
        /** This session has no fresh proof of a second factor. */
        NOT_PROVED("totpGuard.error.removalNotProved"),
        /** This is the last second factor, and logins require one. */
        LAST("totpGuard.error.removalLast");

        private final String messageKey;

        Refusal(String messageKey) {
            this.messageKey = messageKey;
        }

        public String messageKey() {
            return messageKey;
        }
    }

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

    /**
     * Why a credential of this type cannot be removed in a login session.
     *
     * @param action the id of the required action that removes the credential
     */
    public Optional<Refusal> refusal(String credentialType, AuthenticationSessionModel authentication, String action) {
        return refusal(
                credentialType, () -> ChangeOfWaysIn.of(session, realm, user).needsProof(authentication, action));
    }

    /**
     * Why a credential of this type cannot be removed with a token.
     *
     * @param userSession the session of the token; without one there is no proof
     */
    public Optional<Refusal> refusal(String credentialType, Optional<UserSessionModel> userSession) {
        return refusal(credentialType, () -> userSession
                .map(login -> ChangeOfWaysIn.of(session, realm, user).needsProof(login))
                .orElse(true));
    }

    private Optional<Refusal> refusal(String credentialType, BooleanSupplier proofIsMissing) {
        Optional<SecondFactor> factor = SecondFactor.ofType(credentialType);
        if (!GuardPolicy.isOn(realm) || factor.isEmpty()) {
            return Optional.empty();
        }
        if (proofIsMissing.getAsBoolean()) {
            return Optional.of(Refusal.NOT_PROVED);
        }
        return factor.get().lasts() && isLastOneNeeded(factor.get()) ? Optional.of(Refusal.LAST) : Optional.empty();
    }

    private boolean isLastOneNeeded(SecondFactor factor) {
        Set<Set<SecondFactor>> demands = new RequiredSecondFactors(session, realm).answeredBy(factor);
        if (demands.isEmpty()) {
            return false;
        }
        LockedFactors now = LockedFactors.of(session, realm, user);
        return now.ids(factor).size() <= 1
                && demands.stream().anyMatch(factors -> factors.stream()
                        .filter(other -> other != factor && other.lasts())
                        .allMatch(other -> now.ids(other).isEmpty()));
    }
}
