package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.page.DeviceProof;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.RequiredActionContext;

/** A password alone adds no device to an account that has one. */
final class ProveStage implements SetupStage {
    private final GuardPolicy policy;

    ProveStage(GuardPolicy policy) {
        this.policy = policy;
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

    private static DeviceProof proof(RequiredActionContext context) {
        return new DeviceProof(context, DeviceProof.For.DEVICE);
    }
}
