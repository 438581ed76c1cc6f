package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.BackupCodesOffer;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.storage.ReadOnlyException;

/**
 * Backup codes for a user who has set up a device. They are offered after the first device if the policy says so. They
 * are required if Keycloak's <i>Configure OTP</i> led to this action and has the setting "Add Recovery Codes".
 */
final class BackupCodesAfterSetup {
    private final RequiredActionContext context;
    private final GuardPolicy policy;

    private BackupCodesAfterSetup(RequiredActionContext context, GuardPolicy policy) {
        this.context = context;
        this.policy = policy;
    }

    static BackupCodesAfterSetup of(RequiredActionContext context, GuardPolicy policy) {
        return new BackupCodesAfterSetup(context, policy);
    }

    void make() {
        UserFactors factors = UserFactors.of(context.getUser());
        if (factors.has(SecondFactor.BACKUP_CODES)) {
            return;
        }
        if (isDemanded()) {
            BackupCodesOffer.action(context.getRealm()).ifPresent(this::demand);
        } else if (policy.backupCodes().onSetup()
                && factors.ids(SecondFactor.DEVICE).size() == 1) {
            BackupCodesOffer.make(context.getRealm(), context.getAuthenticationSession());
        }
    }

    private boolean isDemanded() {
        return context.getConfig() != null
                && Boolean.parseBoolean(context.getConfig().getConfigValue(UpdateTotp.ADD_RECOVERY_CODES, "false"));
    }

    private void demand(String action) {
        try {
            context.getUser().addRequiredAction(action);
        } catch (ReadOnlyException e) {
            context.getAuthenticationSession().addRequiredAction(action);
        }
    }
}
