package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.FlowSteps;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UnclaimedStep;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.FlowStatus;

/**
 * The replacements for a one-time code in flows that have no steps for them, such as Keycloak's built-in flow: backup
 * codes and trusted browsers. Their own authenticators do the work, called by the step that asks for the code.
 */
final class StandIns {
    private final AuthenticationFlowContext context;
    private final FlowSteps flow;

    private StandIns(AuthenticationFlowContext context) {
        this.context = context;
        this.flow = FlowSteps.of(context);
    }

    static StandIns of(AuthenticationFlowContext context) {
        return new StandIns(context);
    }

    /** Whether a trusted browser replaces the code. It never does if the step adds a reference to {@code amr} (N18). */
    boolean trustedBrowserStandsIn() {
        if (flow.claimsReference() || flow.has(GuardNames.TRUSTED_BROWSER)) {
            return false;
        }
        step(GuardNames.TRUSTED_BROWSER).authenticate(context);
        return context.getStatus() == FlowStatus.SUCCESS;
    }

    /** Whether the page itself must accept the user's backup codes. */
    boolean takesBackupCode() {
        return UserFactors.of(context.getUser()).has(SecondFactor.BACKUP_CODES)
                && !flow.canChangeTo(GuardNames.BACKUP_CODE_STEPS);
    }

    void askForBackupCode() {
        step(GuardNames.BACKUP_CODE_FORM_AUTHENTICATOR).authenticate(context);
    }

    /**
     * Checks a backup code. It is not a one-time code of a device, so the step's reference is not added to {@code amr}.
     */
    void checkBackupCode() {
        step(GuardNames.BACKUP_CODE_FORM_AUTHENTICATOR).action(context);
        if (context.getStatus() != FlowStatus.SUCCESS) {
            return;
        }
        UnclaimedStep.mark(
                context.getAuthenticationSession(), context.getExecution().getId());
        if (context.getExecution().isRequired()
                && !UserFactors.of(context.getUser()).has(SecondFactor.DEVICE)) {
            DeviceAuthenticator.requireSetup(context.getAuthenticationSession());
        }
    }

    private Authenticator step(String authenticator) {
        return context.getSession().getProvider(Authenticator.class, authenticator);
    }
}
