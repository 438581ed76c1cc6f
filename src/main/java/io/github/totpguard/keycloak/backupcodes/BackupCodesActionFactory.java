package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.GuardVersion;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The required action {@code totp-guard-backup-codes}. */
public final class BackupCodesActionFactory
        implements RequiredActionFactory, EnvironmentDependentProviderFactory, ServerInfoAwareProviderFactory {
    private static final RequiredActionProvider ACTION = new BackupCodesAction();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public String getId() {
        return GuardNames.BACKUP_CODES_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Create backup codes (TOTP Guard)";
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return Profile.isFeatureEnabled(Profile.Feature.RECOVERY_CODES);
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

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
