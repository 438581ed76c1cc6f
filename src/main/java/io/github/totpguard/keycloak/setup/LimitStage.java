package io.github.totpguard.keycloak.setup;

import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;

/** The user has as many devices as the policy allows: says so, adds none. */
final class LimitStage implements SetupStage {
    private static final String CONTINUE_FIELD = "continue";

    private final int maxDevices;

    LimitStage(int maxDevices) {
        this.maxDevices = maxDevices;
    }

    @Override
    public void show(RequiredActionContext context) {
        context.challenge(
                context.form().setAttribute("totpGuardMaxDevices", maxDevices).createForm("totp-guard-limit.ftl"));
    }

    @Override
    public void process(RequiredActionContext context) {
        if (!context.getHttpRequest().getDecodedFormParameters().containsKey(CONTINUE_FIELD)) {
            // The form of another page: the last place was taken elsewhere meanwhile.
            show(context);
            return;
        }
        boolean askedForByClient = context.getAction()
                .equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING));
        if (askedForByClient) {
            context.cancel();
        } else {
            // Asked for by an administrator: nothing is left to do, and the user must be able to go on.
            context.success();
        }
    }
}
