package io.github.totpguard.keycloak.notify;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The event listener {@code totp-guard-devices}. It is global, so realms need not configure it. */
public final class CredentialChangeListenerFactory implements EventListenerProviderFactory {
    private static final String ID = "totp-guard-devices";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new CredentialChangeListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ID;
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
