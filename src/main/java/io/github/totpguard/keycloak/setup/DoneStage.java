package io.github.totpguard.keycloak.setup;

import org.keycloak.authentication.RequiredActionContext;

/** Ends the action without a change, because set-up was requested only for the proof of a second factor. */
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
