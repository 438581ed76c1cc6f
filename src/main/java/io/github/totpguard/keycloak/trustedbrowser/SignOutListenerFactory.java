package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.GuardVersion;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Listens in every realm, whether or not the realm lists it among its event listeners. */
public final class SignOutListenerFactory implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {
    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SignOutListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
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

    @Override
    public String getId() {
        return "totp-guard-sign-out";
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
