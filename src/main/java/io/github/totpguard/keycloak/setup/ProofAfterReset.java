package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.ChangeOfWaysIn;
import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login that a reset flow let through without a proof, because the flow has no step for it: set-up asks for the proof then,
 * so that the link in a mail alone never ends in a login.
 */
final class ProofAfterReset {
    private static final String NOTE = "totpGuard.proofAfterReset";

    /** Set-up was demanded by the login anyway, and goes on after the proof. */
    private static final String BEFORE_SETUP = "before set-up";

    private static final String ALL = "all";

    private final AuthenticationSessionModel authentication;

    private ProofAfterReset(AuthenticationSessionModel authentication) {
        this.authentication = authentication;
    }

    static ProofAfterReset in(AuthenticationSessionModel authentication) {
        return new ProofAfterReset(authentication);
    }

    /** Has set-up ask for the proof if it is missing at the end of a reset flow. */
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
            authentication.setAuthNote(NOTE, wanted ? BEFORE_SETUP : ALL);
            authentication.addRequiredAction(GuardNames.SETUP_ACTION);
        }
    }

    boolean isDue() {
        return authentication.getAuthNote(NOTE) != null;
    }

    /** Whether set-up was asked for only because of the proof. */
    boolean isAll() {
        return ALL.equals(authentication.getAuthNote(NOTE));
    }
}
