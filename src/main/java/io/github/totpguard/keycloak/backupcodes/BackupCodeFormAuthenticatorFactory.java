package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.page.GuardAuthenticatorFactory;
import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/** The step {@code totp-guard-backup-code-form} of a login flow. */
public final class BackupCodeFormAuthenticatorFactory extends GuardAuthenticatorFactory
        implements EnvironmentDependentProviderFactory {
    public BackupCodeFormAuthenticatorFactory() {
        super(
                GuardNames.BACKUP_CODE_FORM_AUTHENTICATOR,
                SecondFactor.BACKUP_CODES.type(),
                new BackupCodeFormAuthenticator());
    }

    @Override
    public String getDisplayType() {
        return "TOTP Guard: backup code";
    }

    @Override
    public String getHelpText() {
        return "Asks for any of the user's backup codes. Put it beside " + GuardNames.FORM_AUTHENTICATOR
                + ", both as ALTERNATIVE. Needs the required action " + GuardNames.SETUP_ACTION
                + ", whose settings are its policy; users make their codes with the required action "
                + GuardNames.BACKUP_CODES_ACTION + ".";
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return Profile.isFeatureEnabled(Profile.Feature.RECOVERY_CODES);
    }
}
