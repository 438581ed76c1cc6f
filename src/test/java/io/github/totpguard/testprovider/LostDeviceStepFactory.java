package io.github.totpguard.testprovider;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** The step {@code test-lost-device}, which replaces a backup code in tests. */
public final class LostDeviceStepFactory extends TestStepFactory {
    @Override
    public Authenticator create(KeycloakSession session) {
        return new LostDeviceStep();
    }

    @Override
    public String getId() {
        return "test-lost-device";
    }

    @Override
    public String getDisplayType() {
        return "Test: lost device";
    }

    @Override
    public String getReferenceCategory() {
        return RecoveryAuthnCodesCredentialModel.TYPE;
    }
}
