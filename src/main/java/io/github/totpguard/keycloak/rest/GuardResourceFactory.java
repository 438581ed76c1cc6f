package io.github.totpguard.keycloak.rest;

import io.github.totpguard.keycloak.account.AccountResource;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.vault.rest.VaultResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.PathSegment;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * Serves {@code /realms/{realm}/totp-guard}: the account page where TOTP Guard is on, the rest where the realm's policy
 * enables the vault. All other requests return 404.
 */
public final class GuardResourceFactory implements RealmResourceProviderFactory {
    private static final Logger LOG = Logger.getLogger(GuardResourceFactory.class);

    /** The index of the path segment after {@code realms}, the realm's name and {@code totp-guard}. */
    private static final int BELOW = 3;

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

    /** The realm's policy; empty if TOTP Guard is off or its policy is invalid. */
    private static Optional<GuardPolicy> policy(RealmModel realm) {
        try {
            return realm.isEnabled() ? GuardPolicy.of(realm) : Optional.empty();
        } catch (InvalidPolicyException e) {
            LOG.errorf("The users' pages are off in realm %s: %s", realm.getName(), e.getMessage());
            return Optional.empty();
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
            Optional<GuardPolicy> policy = policy(session.getContext().getRealm());
            boolean account = isForAccount();
            if (policy.isEmpty() || (!account && !policy.get().vaultEnabled())) {
                return null;
            }
            boolean preflight = HttpMethod.OPTIONS.equals(
                    session.getContext().getHttpRequest().getHttpMethod());
            if (preflight) {
                return new PreflightResource();
            }
            return account ? new AccountResource(session) : new VaultResource(session);
        }

        /** Whether the path is {@code /realms/{realm}/totp-guard/account} or below it. */
        private boolean isForAccount() {
            List<PathSegment> path = session.getContext().getUri().getPathSegments();
            return path.size() > BELOW && path.get(BELOW).getPath().equals(AccountResource.PATH);
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
