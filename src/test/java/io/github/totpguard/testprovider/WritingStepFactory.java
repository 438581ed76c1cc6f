package io.github.totpguard.testprovider;

import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The step {@code test-writing}, which stands for an extension that stores data about each login. */
public final class WritingStepFactory extends TestStepFactory {
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
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                WritingStep.BY, "By", "Which way, see WritingStep", ProviderConfigProperty.STRING_TYPE, null));
    }
}
