package io.github.totpguard.keycloak.page;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;
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
        return new CodePage(context, TEMPLATE, FIELD, ERROR).with(MODEL, BackupCodePageModel.of(context.getUser()));
    }

    /** A page that asks for something else too, and has a form for a backup code. */
    public static CodePage within(AuthenticationFlowContext context, String template) {
        return new CodePage(context, template, FIELD, ERROR);
    }

    /** What the template shows of it, as {@code totpGuardBackupCode}. */
    public static BackupCodePageModel model(UserModel user) {
        return BackupCodePageModel.of(user);
    }

    /** Within a required action. */
    static Response of(LoginFormsProvider form, UserModel user) {
        return form.setAttribute(MODEL, BackupCodePageModel.of(user)).createForm(TEMPLATE);
    }
}
