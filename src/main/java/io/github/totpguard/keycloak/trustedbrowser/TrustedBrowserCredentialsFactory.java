package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.GuardVersion;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Map;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The credential type {@code totp-guard-trusted-browser}. */
public final class TrustedBrowserCredentialsFactory
        implements CredentialProviderFactory<TrustedBrowserCredentials>, ServerInfoAwareProviderFactory {
    @Override
    public TrustedBrowserCredentials create(KeycloakSession session) {
        return new TrustedBrowserCredentials(session);
    }

    @Override
    public String getId() {
        return GuardNames.TRUSTED_BROWSER;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
