package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.ChangeOfWaysIn;
import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The proof of a second factor after a reset flow that has no step for it. In this case, set-up asks for the proof, so
 * that the link in a mail is never enough for a login.
 */
final class ProofAfterReset {
    private static final String NOTE = "totpGuard.proofAfterReset";

    /** The login requires set-up anyway. Set-up continues after the proof. */
    private static final String BEFORE_SETUP = "before set-up";

    /** Set-up was requested only for the proof. */
    private static final String ALL = "all";

    private final AuthenticationSessionModel authentication;

    private ProofAfterReset(AuthenticationSessionModel authentication) {
        this.authentication = authentication;
    }

    static ProofAfterReset in(AuthenticationSessionModel authentication) {
        return new ProofAfterReset(authentication);
    }

    /** If the proof is missing at the end of a reset flow, makes set-up ask for it. */
    static void demand(RequiredActionContext context) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        boolean reset = LoginActionsService.RESET_CREDENTIALS_PATH.equals(
                authentication.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH));
        if (!reset || authentication.getAuthNote(NOTE) != null) {
            return;
        }
        boolean missing = ChangeOfWaysIn.of(context.getSession(), context.getRealm(), context.getUser())
                .needsProof(authentication, GuardNames.SETUP_ACTION);
        if (missing) {
            boolean wanted = authentication.getRequiredActions().contains(GuardNames.SETUP_ACTION)
                    || context.getUser().getRequiredActionsStream().anyMatch(GuardNames.SETUP_ACTION::equals);
            in(authentication).require(wanted);
            authentication.addRequiredAction(GuardNames.SETUP_ACTION);
        }
    }

    /**
     * Makes set-up ask for the proof, whatever flow the login came through.
     *
     * @param setupWanted whether set-up continues after the proof
     */
    void require(boolean setupWanted) {
        authentication.setAuthNote(NOTE, setupWanted ? BEFORE_SETUP : ALL);
    }

    boolean isDue() {
        return authentication.getAuthNote(NOTE) != null;
    }

    /** Whether set-up was requested only for the proof. */
    boolean isAll() {
        return ALL.equals(authentication.getAuthNote(NOTE));
    }
}
