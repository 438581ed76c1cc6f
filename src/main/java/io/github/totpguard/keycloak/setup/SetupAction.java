package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.gate.session.UnclaimedStep;
import io.github.totpguard.keycloak.page.VerificationGuard;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.function.Consumer;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Guides a user through set-up: first the proof of an existing device if there is one, then the new device. As a
 * {@link CredentialRegistrator}, it is bound to the step-up level of {@code otp}.
 */
final class SetupAction implements RequiredActionProvider, CredentialRegistrator {
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authentication) {
        PendingDevices.forget(authentication);
        SetupRequest.forget(authentication);
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // At this point, the login's flow is complete and the remaining actions are not decided yet.
        SecondFactorProof.recordKey(context.getAuthenticationSession());
        UnclaimedStep.apply(context.getAuthenticationSession());
        LedActions.lead(context);
        ProofAfterReset.demand(context);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        SetupRequest request = SetupRequest.in(context);
        if (request.isRefused()) {
            request.refuse();
            if (!request.isDemandedOtherwise()) {
                // The application gets kc_action_status=error.
                context.ignore();
                return;
            }
            // Keycloak would skip the whole action in this login, and set-up is demanded.
            request.done();
        }
        atStage(context, stage -> {
            if (GracePeriod.of(context, policy(context)).isPostponed()) {
                // The action stays pending, so that the next login asks again.
                context.ignore();
            } else {
                stage.show(context);
            }
        });
    }

    @Override
    public void processAction(RequiredActionContext context) {
        atStage(context, stage -> stage.process(context));
    }

    /** The stage is decided at every request, on the server. It never depends on what the browser sends. */
    private static void atStage(RequiredActionContext context, Consumer<SetupStage> step) {
        VerificationGuard.run(
                context, SetupEvents.of(context)::unavailable, policy -> step.accept(SetupStage.of(context, policy)));
    }

    private static GuardPolicy policy(RequiredActionContext context) {
        return GuardPolicy.require(context.getRealm());
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return SecondFactor.DEVICE.type();
    }

    @Override
    public void close() {
        // nothing to close
    }
}
