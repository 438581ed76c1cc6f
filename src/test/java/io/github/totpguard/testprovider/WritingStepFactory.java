package io.github.totpguard.testprovider;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The step {@code test-writing}, of an extension that saves something about each login. */
public final class WritingStepFactory implements AuthenticatorFactory {
    @Override
    public Authenticator create(KeycloakSession session) {
        return new WritingStep();
    }

    @Override
    public String getId() {
        return "test-writing";
    }

    @Override
    public String getDisplayType() {
        return "Test: writing";
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENT_CHOICES.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public String getHelpText() {
        return "For tests";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                WritingStep.BY, "By", "Which way, see WritingStep", ProviderConfigProperty.STRING_TYPE, null));
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
        // nothing is held
    }
}
