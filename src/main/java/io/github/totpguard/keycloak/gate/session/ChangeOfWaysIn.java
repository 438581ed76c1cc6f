package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a login may add, replace or remove one of the user's ways in. If the user has a second factor, it must be
 * proved first, at most {@code proofMaxAge} of the policy ago.
 */
public final class ChangeOfWaysIn {
    /**
     * The action that began with a fresh proof. It may take longer than a proof is valid, because the user may have to
     * install an app first.
     */
    private static final String BEGUN = "totpGuard.provedFor";

    /**
     * The administrator has configured that the link of a reset mail may replace lost devices, and the user has opened
     * the link.
     */
    private static final String WAIVED = "totpGuard.proofWaived";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private ChangeOfWaysIn(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    public static ChangeOfWaysIn of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new ChangeOfWaysIn(session, realm, user);
    }

    /**
     * Whether a proof is missing for an action of this login.
     *
     * @param action the id of the required action
     */
    public boolean needsProof(AuthenticationSessionModel authentication, String action) {
        if (!GuardPolicy.isOn(realm) || !UserFactors.of(user).isAny()) {
            return false;
        }
        if (isWaived(authentication) || action.equals(authentication.getAuthNote(BEGUN))) {
            return false;
        }
        boolean fresh = SecondFactorProof.isFresh(
                SecondFactorProof.last(session, realm, user, authentication), ProofAge.of(realm));
        if (fresh) {
            authentication.setAuthNote(BEGUN, action);
        }
        return !fresh;
    }

    /** Whether a proof is missing for a request with a token of this session. */
    public boolean needsProof(UserSessionModel userSession) {
        if (!GuardPolicy.isOn(realm) || !UserFactors.of(user).isAny()) {
            return false;
        }
        return !userSession.getUser().getId().equals(user.getId())
                || !SecondFactorProof.isFresh(
                        SecondFactorProof.lastIn(session, realm, userSession), ProofAge.of(realm));
    }

    /** Waives the proof for the rest of a login. Call this only for a reset whose link was opened by its user. */
    public static void waive(AuthenticationSessionModel authentication) {
        authentication.setAuthNote(WAIVED, Boolean.TRUE.toString());
    }

    /** Ends the waiver, because the user does not replace a device after all. */
    public static void withdrawWaiver(AuthenticationSessionModel authentication) {
        authentication.removeAuthNote(WAIVED);
    }

    static boolean isWaived(AuthenticationSessionModel authentication) {
        return authentication.getAuthNote(WAIVED) != null;
    }
}
