package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticator;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Redirects {@code auth-recovery-authn-code-form} to {@code totp-guard-backup-code-form}. */
public final class BackupCodeFormEntranceFactory extends RecoveryAuthnCodesFormAuthenticatorFactory {
    @Override
    public Authenticator create(KeycloakSession session) {
        return StepEntrance.of(
                new RecoveryAuthnCodesFormAuthenticator(session), GuardNames.BACKUP_CODE_FORM_AUTHENTICATOR);
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
