package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.VerificationUnavailableException;
import io.github.totpguard.keycloak.page.UnavailablePage;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.sealing.SealingUnavailableException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Takes a user through set-up: proof of a present device if there is one, then the new one. Being a
 * {@link CredentialRegistrator} binds it to the step-up level of {@code otp}.
 */
final class SetupAction implements RequiredActionProvider, CredentialRegistrator {
    private static final Logger LOG = Logger.getLogger(SetupAction.class);

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authentication) {
        PendingDevices.forget(authentication);
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // Who must set up a device is the flow's business, or the administrator's.
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        atStage(context, stage -> {
            if (GracePeriod.of(context, policy(context)).isPostponed()) {
                // Left where it is, so that the next login asks again.
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

    /** The stage is decided anew at every request, never by what the browser sends. */
    private static void atStage(RequiredActionContext context, Consumer<SetupStage> step) {
        try {
            step.accept(SetupStage.of(context, policy(context)));
        } catch (VerificationUnavailableException e) {
            SetupEvents.of(context).unavailable(e.what());
            context.challenge(UnavailablePage.of(context.form()));
        } catch (InvalidPolicyException e) {
            LOG.errorf("No set-up in realm %s: %s", context.getRealm().getName(), e.getMessage());
            SetupEvents.of(context).unavailable(VerificationUnavailableException.Cause.POLICY);
            context.challenge(UnavailablePage.of(context.form()));
        } catch (SealingUnavailableException e) {
            LOG.errorf(e.getCause(), "No set-up: %s", e.getMessage());
            SetupEvents.of(context).unavailable(VerificationUnavailableException.Cause.SEALING);
            context.challenge(UnavailablePage.of(context.form()));
        }
    }

    private static GuardPolicy policy(RequiredActionContext context) {
        return GuardPolicy.of(context.getRealm())
                .orElseThrow(() -> new IllegalStateException("Keycloak runs " + GuardNames.SETUP_ACTION
                        + " in a realm where no enabled required action has it as its alias"));
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return OTPCredentialModel.TYPE;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
