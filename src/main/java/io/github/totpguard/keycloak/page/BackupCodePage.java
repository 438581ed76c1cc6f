package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserModel;

/** The page that asks for a backup code. */
public final class BackupCodePage {
    /** The form field. */
    public static final String FIELD = "backupCode";

    static final String ERROR = "totpGuard.error.backupCode";

    private static final String TEMPLATE = "totp-guard-backup-code.ftl";
    private static final String MODEL = "totpGuardBackupCode";

    private BackupCodePage() {}

    /** As a step of a login. */
    public static CodePage of(AuthenticationFlowContext context) {
        return new CodePage(context, TEMPLATE, FIELD, ERROR)
                .with(MODEL, () -> BackupCodePageModel.of(context.getUser()))
                .with("totpGuardOnCodePage", () -> isStepOfDevice(context));
    }

    /** Whether the step asks for one-time codes as well, so that the page leads back to them. */
    private static boolean isStepOfDevice(AuthenticationFlowContext context) {
        return !GuardNames.BACKUP_CODE_STEPS.contains(context.getExecution().getAuthenticator())
                && UserFactors.of(context.getUser()).has(SecondFactor.DEVICE);
    }

    /** A page that asks for something else too, and has a form for a backup code. */
    public static CodePage within(AuthenticationFlowContext context, String template) {
        return new CodePage(context, template, FIELD, ERROR);
    }

    /** What the template shows of it, as {@code totpGuardBackupCode}. */
    public static BackupCodePageModel model(UserModel user) {
        return BackupCodePageModel.of(user);
    }
}
