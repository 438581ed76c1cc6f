package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.GuardVersion;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The common base of the factories of our authenticators. Each subclass supplies its id, texts and authenticator. */
public abstract class GuardAuthenticatorFactory implements AuthenticatorFactory, ServerInfoAwareProviderFactory {
    private final String id;
    private final String category;
    private final Authenticator authenticator;

    /**
     * @param category the credential type that the authenticator asks for; Keycloak's brute-force protection and
     *     step-up levels ignore types that Keycloak does not know
     * @param authenticator a stateless authenticator, because all requests share it
     */
    protected GuardAuthenticatorFactory(String id, String category, Authenticator authenticator) {
        this.id = id;
        this.category = category;
        this.authenticator = authenticator;
    }

    @Override
    public final Authenticator create(KeycloakSession session) {
        return authenticator;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getReferenceCategory() {
        return category;
    }

    /**
     * True because of the settings that Keycloak itself adds to an execution: the AMR reference and its maximum age.
     */
    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public final Requirement[] getRequirementChoices() {
        return REQUIREMENT_CHOICES.clone();
    }

    @Override
    public final void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to prepare
    }

    @Override
    public final void close() {
        // nothing to close
    }

    @Override
    public final Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
