package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.Outcome;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.notify.CodeHint;
import io.github.totpguard.keycloak.notify.LockedPage;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.FormMessage;

/**
 * A password alone adds no second factor to an account that has one: first a code of a device that is there, or, where all
 * devices are gone, a backup code.
 */
public final class DeviceProof {
    /** What the user is about to do: get one of these, or remove a device. */
    public enum For {
        DEVICE,
        BACKUP_CODES,
        REMOVAL
    }

    private final RequiredActionContext context;
    private final For what;
    private final boolean byDevice;
    private final String field;

    public DeviceProof(RequiredActionContext context, For what) {
        this.context = context;
        this.what = what;
        this.byDevice = has(context, OTPCredentialModel.TYPE) || !has(context, RecoveryAuthnCodesCredentialModel.TYPE);
        this.field = byDevice ? CodePage.CODE_FIELD : BackupCodePage.FIELD;
    }

    /** Whether the user has a device or backup codes and this session has proved no second factor. */
    public static boolean isMissing(RequiredActionContext context) {
        return (has(context, OTPCredentialModel.TYPE) || has(context, RecoveryAuthnCodesCredentialModel.TYPE))
                && !isGiven(context);
    }

    private static boolean has(RequiredActionContext context, String type) {
        return context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .findAny()
                .isPresent();
    }

    public static boolean isGiven(RequiredActionContext context) {
        return SecondFactorProof.isGiven(
                context.getSession(), context.getRealm(), context.getUser(), context.getAuthenticationSession());
    }

    public void ask() {
        context.challenge(page(context.form()));
    }

    /**
     * Whether the code that was entered, if one was, is accepted; otherwise the context has its answer already.
     *
     * @param refusal what becomes of the event of a code that is not
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if nothing can be verified now
     */
    public boolean passed(Consumer<Outcome> refusal) {
        String code = context.getHttpRequest().getDecodedFormParameters().getFirst(field);
        if (code == null) {
            // The form of another page: a first device was added elsewhere meanwhile.
            ask();
            return false;
        }
        SecondFactorGate gate = SecondFactorGate.of(context.getSession(), context.getRealm(), context.getUser());
        Outcome outcome =
                byDevice ? gate.attempt(code, Channel.SETUP) : gate.attemptBackupCode(code, Channel.BACKUP_CODE);
        ActionAttempts.report(context, outcome);
        if (!outcome.accepted()) {
            refusal.accept(outcome);
            context.challenge(refused(outcome));
        }
        return outcome.accepted();
    }

    private Response refused(Outcome outcome) {
        boolean shut = outcome.verdict().shut()
                && (byDevice || outcome.verdict().lockedUntil().isPresent());
        return shut
                ? LockedPage.of(context.form(), outcome.verdict())
                : page(CodeHint.after(
                        outcome.throttle().failures(),
                        context.form()
                                .addError(new FormMessage(
                                        field, byDevice ? "totpGuard.error.code" : BackupCodePage.ERROR))));
    }

    private Response page(LoginFormsProvider form) {
        if (!byDevice) {
            return BackupCodePage.of(form, context.getUser());
        }
        return form.setAttribute("totpGuardProofFor", what.name()).createForm("totp-guard-prove.ftl");
    }
}
