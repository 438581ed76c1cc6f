package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.RequiredActionContext;

/** Tells the user that they have as many devices as the policy allows. Does not add a device. */
final class LimitStage implements SetupStage {
    private static final String CONTINUE_FIELD = "continue";

    private static final String RENAME_FIELD = "rename";

    private final GuardPolicy policy;

    LimitStage(GuardPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void show(RequiredActionContext context) {
        context.challenge(context.form()
                .setAttribute("totpGuardMaxDevices", policy.maxDevices())
                .setAttribute("totpGuardDevices", DeviceName.all(context))
                .createForm("totp-guard-limit.ftl"));
    }

    @Override
    public void process(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(RENAME_FIELD)) {
            RenameStage.enter(context, form.getFirst(RENAME_FIELD));
            SetupStage.of(context, policy).show(context);
            return;
        }
        if (!form.containsKey(CONTINUE_FIELD)) {
            // The form of another page: the limit was reached elsewhere meanwhile.
            show(context);
            return;
        }
        if (SetupStage.isAskedForByApplication(context)) {
            context.cancel();
        } else {
            // An administrator has requested set-up. Nothing is left to do, and the user must be able to continue.
            context.success();
        }
    }
}
