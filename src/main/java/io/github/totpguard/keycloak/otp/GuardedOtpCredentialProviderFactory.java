package io.github.totpguard.keycloak.otp;

import io.github.totpguard.keycloak.GuardVersion;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Map;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Replaces Keycloak's own factory: it has the same id and a higher order. */
public final class GuardedOtpCredentialProviderFactory
        implements CredentialProviderFactory<GuardedOtpCredentialProvider>, ServerInfoAwareProviderFactory {
    private static final int BEFORE_KEYCLOAKS_OWN = 100;

    @Override
    public GuardedOtpCredentialProvider create(KeycloakSession session) {
        return new GuardedOtpCredentialProvider(session);
    }

    @Override
    public String getId() {
        return GuardNames.OTP_CREDENTIAL_PROVIDER;
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS_OWN;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
