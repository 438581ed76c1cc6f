package io.github.totpguard.keycloak.entrances;

import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Replaces Keycloak's required action {@code delete_credential}: it has the same id and a higher order. */
public final class DeleteDeviceFactory implements RequiredActionFactory {
    private static final int BEFORE_KEYCLOAKS_OWN = 100;
    private static final DeleteCredentialAction KEYCLOAKS = new DeleteCredentialAction();
    private static final RequiredActionProvider ACTION = new DeleteDevice(KEYCLOAKS);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS_OWN;
    }

    @Override
    public String getId() {
        return KEYCLOAKS.getId();
    }

    @Override
    public String getDisplayText() {
        return KEYCLOAKS.getDisplayText();
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to prepare
    }

    @Override
    public void close() {
        // nothing to close
    }
}
