package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.FlowSteps;
import io.github.totpguard.keycloak.gate.session.LoginLevel;
import io.github.totpguard.keycloak.page.TrustRequested;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * The checkbox "Trust this browser". It is offered if the policy allows trusted browsers and the next login could use
 * one. It is never ticked in advance.
 */
final class TrustCheckbox {
    /** The template's attribute: the number of days; 0 if the checkbox is not offered. */
    static final String ATTRIBUTE = "totpGuardTrustDays";

    private static final String FIELD = "trustBrowser";

    private final AuthenticationFlowContext context;

    private TrustCheckbox(AuthenticationFlowContext context) {
        this.context = context;
    }

    static TrustCheckbox of(AuthenticationFlowContext context) {
        return new TrustCheckbox(context);
    }

    int days() {
        try {
            return GuardPolicy.of(context.getRealm())
                    .filter(policy -> policy.trustedBrowserDays() > 0)
                    .filter(policy -> isOfUse(policy))
                    .map(GuardPolicy::trustedBrowserDays)
                    .orElse(0);
        } catch (InvalidPolicyException e) {
            // The gate reports the invalid policy at the next code.
            return 0;
        }
    }

    private boolean isOfUse(GuardPolicy policy) {
        FlowSteps flow = FlowSteps.of(context);
        return (flow.has(GuardNames.TRUSTED_BROWSER) || !flow.claimsReference())
                && LoginLevel.of(context) <= policy.trustedBrowserMaxLevel();
    }

    /** Call this after the user's code was accepted. */
    void publishIfTicked() {
        if (context.getHttpRequest().getDecodedFormParameters().containsKey(FIELD) && days() > 0) {
            TrustRequested.publish(context);
        }
    }
}
