package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.GuardVersion;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Replaces Keycloak's own factory: it has the same id and a higher order. */
public final class GuardedBackupCodesProviderFactory
        implements CredentialProviderFactory<GuardedBackupCodesProvider>,
                EnvironmentDependentProviderFactory,
                ServerInfoAwareProviderFactory {
    private static final int BEFORE_KEYCLOAKS_OWN = 100;

    @Override
    public GuardedBackupCodesProvider create(KeycloakSession session) {
        return new GuardedBackupCodesProvider(session);
    }

    @Override
    public String getId() {
        return GuardNames.BACKUP_CODES_CREDENTIAL_PROVIDER;
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS_OWN;
    }

    /**
     * Like Keycloak's own factory: if the administrator has disabled recovery codes, there are no backup codes either.
     */
    @Override
    public boolean isSupported(Config.Scope config) {
        return Profile.isFeatureEnabled(Profile.Feature.RECOVERY_CODES);
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
