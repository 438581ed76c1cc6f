package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.sealing.SealingUnavailableException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.authentication.RequiredActionContext;

/** A step of a required action, or, where nothing can be verified or sealed now, the page that says so. */
public final class VerificationGuard {
    private static final Logger LOG = Logger.getLogger(VerificationGuard.class);

    private VerificationGuard() {}

    /** @param refusal what becomes of the event */
    public static void run(RequiredActionContext context, Consumer<Cause> refusal, Consumer<GuardPolicy> step) {
        try {
            step.accept(GuardPolicy.require(context.getRealm()));
        } catch (VerificationUnavailableException e) {
            refuse(context, refusal, e.reason());
        } catch (InvalidPolicyException e) {
            LOG.errorf("Nothing is set up in realm %s: %s", context.getRealm().getName(), e.getMessage());
            refuse(context, refusal, Cause.POLICY);
        } catch (SealingUnavailableException e) {
            LOG.errorf(e.getCause(), "Nothing is set up: %s", e.getMessage());
            refuse(context, refusal, Cause.SEALING);
        }
    }

    private static void refuse(RequiredActionContext context, Consumer<Cause> refusal, Cause cause) {
        refusal.accept(cause);
        context.challenge(UnavailablePage.of(context.form()));
    }
}
