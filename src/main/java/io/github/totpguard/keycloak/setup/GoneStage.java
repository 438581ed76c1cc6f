package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.RequiredActionContext;

/**
 * The device of an application's request was removed while the user was at it. The action ends, unless it is demanded
 * otherwise: Keycloak would complete the login if the action were cancelled before its page was shown.
 */
final class GoneStage implements SetupStage {
    private final GuardPolicy policy;

    GoneStage(GuardPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void show(RequiredActionContext context) {
        SetupRequest request = SetupRequest.in(context);
        request.refuse();
        SetupRequest.forget(context.getAuthenticationSession());
        if (request.isDemandedOtherwise()) {
            request.done();
            SetupStage.of(context, policy).show(context);
        } else {
            context.cancel();
        }
    }

    @Override
    public void process(RequiredActionContext context) {
        show(context);
    }
}
