package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.gate.store.StateTransaction;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** How far the second factor of a user's session goes, for what is asked with a token of that session. */
public final class SecondFactorStanding {
    private final boolean demanded;
    private final boolean trustedBrowser;
    private final Optional<Instant> provedAt;

    private SecondFactorStanding(boolean demanded, boolean trustedBrowser, Optional<Instant> provedAt) {
        this.demanded = demanded;
        this.trustedBrowser = trustedBrowser;
        this.provedAt = provedAt;
    }

    public static SecondFactorStanding of(
            KeycloakSession session, RealmModel realm, UserModel user, UserSessionModel userSession) {
        Optional<Instant> provedAt = SecondFactorProof.lastIn(session, realm, userSession);
        return new SecondFactorStanding(
                // The flows are many queries: not for those who have proved one.
                provedAt.isEmpty() && (hasDevice(user) || new SecondFactorDemand(session, realm).isAny()),
                SecondFactorProof.completed(session, realm, userSession.getNotes())
                        .anyMatch(execution -> execution.isOf(GuardNames.TRUSTED_BROWSER)),
                provedAt);
    }

    /** Whether it was proved, or a trusted browser stood in for it, or neither the user nor the realm has one. */
    public boolean isEnough() {
        return isProvedWhereDemanded() || trustedBrowser;
    }

    /** The same, and a trusted browser is not enough. */
    public boolean isProvedWhereDemanded() {
        return provedAt.isPresent() || !demanded;
    }

    /** Whether it was proved, and not longer ago than this. */
    public boolean isProvedWithin(Duration time) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return provedAt.filter(proved -> !proved.plus(time).isBefore(now))
                // A clock that was set back makes nothing fresh.
                .filter(proved -> !proved.isAfter(now.plus(StateTransaction.CLOCK_TOLERANCE)))
                .isPresent();
    }

    private static boolean hasDevice(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsStream()
                .anyMatch(credential -> credential.getType().equals(OTPCredentialModel.TYPE)
                        || credential.getType().equals(WebAuthnCredentialModel.TYPE_TWOFACTOR));
    }
}
