package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.FlowSteps;
import io.github.totpguard.keycloak.gate.session.LoginLevel;
import io.github.totpguard.keycloak.page.TrustRequested;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * "Trust this browser": offered where the policy has trusted browsers and the next login could make use of it, never ticked
 * beforehand.
 */
final class TrustCheckbox {
    /** What the template reads: for how many days; 0 if there is nothing to offer. */
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
            // The gate says so when a code comes.
            return 0;
        }
    }

    private boolean isOfUse(GuardPolicy policy) {
        FlowSteps flow = FlowSteps.of(context);
        return (flow.has(GuardNames.TRUSTED_BROWSER) || !flow.claimsReference())
                && LoginLevel.of(context) <= policy.trustedBrowserMaxLevel();
    }

    /** For a user whose code was accepted. */
    void publishIfTicked() {
        if (context.getHttpRequest().getDecodedFormParameters().containsKey(FIELD) && days() > 0) {
            TrustRequested.publish(context);
        }
    }
}
