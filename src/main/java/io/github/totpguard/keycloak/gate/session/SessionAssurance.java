package io.github.totpguard.keycloak.gate.session;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** The assurance of the second factor in a user's session. It is used for requests with a token of that session. */
public final class SessionAssurance {
    private final RealmModel realm;
    private final boolean demanded;
    private final boolean trustedBrowser;
    private final Optional<Instant> provedAt;

    private SessionAssurance(RealmModel realm, boolean demanded, boolean trustedBrowser, Optional<Instant> provedAt) {
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
                // Reading the flows takes many queries, so sessions that have proved a factor skip it.
                provedAt.isEmpty()
                        && (UserFactors.of(user).isAny() || new RequiredSecondFactors(session, realm).isAny()),
                TrustedLogin.isIn(userSession.getNotes()),
                provedAt);
    }

    /**
     * Whether a second factor was proved, a trusted browser replaced it, or none is required. None is required if
     * neither the user nor the realm's logins have one.
     */
    public boolean isEnough() {
        return isProvedWhereDemanded() || trustedBrowser;
    }

    /** Like {@link #isEnough}, but a trusted browser is not enough. */
    public boolean isProvedWhereDemanded() {
        return provedAt.isPresent() || !demanded;
    }

    /** Whether a second factor was proved, at most {@code proofMaxAge} of the policy ago. */
    public boolean isFresh() {
        return SecondFactorProof.isFresh(provedAt, ProofAge.of(realm));
    }
}
