package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.RecoveryAuthnCodesAction;
import org.keycloak.models.KeycloakSession;

/** Redirects {@code CONFIGURE_RECOVERY_AUTHN_CODES} to {@code totp-guard-backup-codes}. */
public final class BackupCodesEntranceFactory extends RecoveryAuthnCodesAction {
    private static final RequiredActionProvider ACTION =
            ActionEntrance.of(new RecoveryAuthnCodesAction(), GuardNames.BACKUP_CODES_ACTION);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
