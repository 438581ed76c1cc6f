package io.github.totpguard.keycloak.gate.session;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** How far the second factor of a user's session goes, for what is asked with a token of that session. */
public final class SessionAssurance {
    private final RealmModel realm;
    private final boolean demanded;
    private final boolean trustedBrowser;
    private final Optional<Instant> provedAt;

    private SessionAssurance(
            RealmModel realm, boolean demanded, boolean trustedBrowser, Optional<Instant> provedAt) {
        this.realm = realm;
        this.demanded = demanded;
        this.trustedBrowser = trustedBrowser;
        this.provedAt = provedAt;
    }

    public static SessionAssurance of(
            KeycloakSession session, RealmModel realm, UserModel user, UserSessionModel userSession) {
        Optional<Instant> provedAt = SecondFactorProof.lastIn(session, realm, userSession);
        return new SessionAssurance(
                realm,
                // The flows are many queries: not for sessions that have proved a factor.
                provedAt.isEmpty() && (UserFactors.of(user).isAny() || new RequiredSecondFactors(session, realm).isAny()),
                TrustedLogin.isIn(userSession.getNotes()),
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

    /** Whether it was proved, and not longer ago than the policy's {@code proofMaxAge}. */
    public boolean isFresh() {
        return SecondFactorProof.isFresh(provedAt, ProofAge.of(realm));
    }
}
