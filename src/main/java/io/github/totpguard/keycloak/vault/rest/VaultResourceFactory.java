package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import jakarta.ws.rs.HttpMethod;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * Serves {@code /realms/{realm}/totp-guard}. If the realm's policy does not enable the vault, all requests return 404.
 */
public final class VaultResourceFactory implements RealmResourceProviderFactory {
    private static final Logger LOG = Logger.getLogger(VaultResourceFactory.class);

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Resources(session);
    }

    @Override
    public String getId() {
        return GuardNames.RESOURCE;
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

    private static boolean isOn(RealmModel realm) {
        try {
            return realm.isEnabled()
                    && GuardPolicy.of(realm).filter(GuardPolicy::vaultEnabled).isPresent();
        } catch (InvalidPolicyException e) {
            LOG.errorf("The vault is off in realm %s: %s", realm.getName(), e.getMessage());
            return false;
        }
    }

    private static final class Resources implements RealmResourceProvider {
        private final KeycloakSession session;

        private Resources(KeycloakSession session) {
            this.session = session;
        }

        /** If this returns null, Keycloak responds with 404. */
        @Override
        public Object getResource() {
            if (!isOn(session.getContext().getRealm())) {
                return null;
            }
            boolean preflight = HttpMethod.OPTIONS.equals(
                    session.getContext().getHttpRequest().getHttpMethod());
            return preflight ? new PreflightResource() : new VaultResource(session);
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
