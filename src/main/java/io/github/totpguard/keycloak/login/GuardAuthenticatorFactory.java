package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.GuardVersion;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** What the factories of our authenticators have in common; each says what it is called and what it makes. */
abstract class GuardAuthenticatorFactory implements AuthenticatorFactory, ServerInfoAwareProviderFactory {
    private final String id;
    private final Authenticator authenticator;

    /** @param authenticator without state of its own: all requests share it */
    GuardAuthenticatorFactory(String id, Authenticator authenticator) {
        this.id = id;
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

    /** Any other category is ignored by Keycloak's brute-force protection and by step-up levels. */
    @Override
    public final String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
    }

    /** For the settings that Keycloak itself adds to an execution: the AMR reference and its age. */
    @Override
    public final boolean isConfigurable() {
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
    public final void postInit(KeycloakSessionFactory factory) {
        // nothing to prepare
    }

    @Override
    public final void close() {
        // nothing is held
    }

    @Override
    public final Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
