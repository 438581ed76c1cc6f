package io.github.totpguard.keycloak.setup;

import org.keycloak.authentication.RequiredActionContext;

/** The device of an application's request was removed while the user was at it. The action ends. */
final class GoneStage implements SetupStage {
    @Override
    public void show(RequiredActionContext context) {
        SetupRequest.in(context).refuse();
        SetupRequest.forget(context.getAuthenticationSession());
        context.cancel();
    }

    @Override
    public void process(RequiredActionContext context) {
        show(context);
    }
}
