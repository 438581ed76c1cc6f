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
 * What stands in for a code where the flow has no step for it, as Keycloak's built-in flow: backup codes and trusted browsers.
 * Their own steps do the work, in the place of the one that asks for the code.
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

    /** Whether the user is in by a trusted browser. Never where the step claims a reference in {@code amr} (N18). */
    boolean trustedBrowserStandsIn() {
        if (flow.claimsReference() || flow.has(GuardNames.TRUSTED_BROWSER)) {
            return false;
        }
        step(GuardNames.TRUSTED_BROWSER).authenticate(context);
        return context.getStatus() == FlowStatus.SUCCESS;
    }

    /** Whether the page itself has to take the user's backup codes. */
    boolean takesBackupCode() {
        return UserFactors.of(context.getUser()).has(SecondFactor.BACKUP_CODES)
                && !flow.canChangeTo(GuardNames.BACKUP_CODE_STEPS);
    }

    void askForBackupCode() {
        step(GuardNames.BACKUP_CODE_FORM_AUTHENTICATOR).authenticate(context);
    }

    /** A backup code is no one-time code of a device, so a reference of the step in {@code amr} is not claimed for it. */
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
