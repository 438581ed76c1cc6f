package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.page.FactorProof;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.RequiredActionContext;

/** Asks a user who has a second factor to prove it before anything else. */
final class ProveStage implements SetupStage {
    private final GuardPolicy policy;
    private final FactorProof.For what;

    ProveStage(GuardPolicy policy, FactorProof.For what) {
        this.policy = policy;
        this.what = what;
    }

    @Override
    public void show(RequiredActionContext context) {
        proof(context).ask();
    }

    @Override
    public void process(RequiredActionContext context) {
        if (proof(context).passed(outcome -> SetupEvents.of(context).refused(outcome))) {
            SetupStage.of(context, policy).show(context);
        }
    }

    private FactorProof proof(RequiredActionContext context) {
        return new FactorProof(context, what);
    }
}
