package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.sealing.SealingUnavailableException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.authentication.RequiredActionContext;

/** Runs a step of a required action. If nothing can be verified or sealed, shows the page that says so instead. */
public final class VerificationGuard {
    private static final Logger LOG = Logger.getLogger(VerificationGuard.class);

    private VerificationGuard() {}

    /** @param refusal writes the event if nothing can be verified or sealed */
    public static void run(RequiredActionContext context, Consumer<Cause> refusal, Consumer<GuardPolicy> step) {
        try {
            step.accept(GuardPolicy.require(context.getRealm()));
        } catch (VerificationUnavailableException e) {
            e.logged("The required action is unavailable");
            refuse(context, refusal, e.reason());
        } catch (InvalidPolicyException e) {
            LOG.errorf(
                    "The required action is unavailable in realm %s: %s",
                    context.getRealm().getName(), e.getMessage());
            refuse(context, refusal, Cause.POLICY);
        } catch (SealingUnavailableException e) {
            LOG.errorf(e.getCause(), "The required action is unavailable: %s", e.getMessage());
            refuse(context, refusal, Cause.SEALING);
        }
    }

    private static void refuse(RequiredActionContext context, Consumer<Cause> refusal, Cause cause) {
        refusal.accept(cause);
        context.challenge(UnavailablePage.of(context.form(), context.getRealm()));
    }
}
