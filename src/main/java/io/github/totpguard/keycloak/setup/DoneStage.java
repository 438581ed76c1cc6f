package io.github.totpguard.keycloak.setup;

import org.keycloak.authentication.RequiredActionContext;

/** Nothing is left to do: set-up was asked for only to have a second factor proved. */
final class DoneStage implements SetupStage {
    @Override
    public void show(RequiredActionContext context) {
        context.success();
    }

    @Override
    public void process(RequiredActionContext context) {
        context.success();
    }
}
