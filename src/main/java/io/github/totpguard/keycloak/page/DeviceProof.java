package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.Outcome;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.gate.SecondFactorProof;
import io.github.totpguard.keycloak.notify.CodeHint;
import io.github.totpguard.keycloak.notify.LockedPage;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;

/** A password alone adds no second factor to an account that has a device: first a code of a device that is there. */
public final class DeviceProof {
    /** What the user is about to do: get one of these, or remove a device. */
    public enum For {
        DEVICE,
        BACKUP_CODES,
        REMOVAL
    }

    private final RequiredActionContext context;
    private final For what;

    public DeviceProof(RequiredActionContext context, For what) {
        this.context = context;
        this.what = what;
    }

    /** Whether the user has a device and this session has proved no second factor. */
    public static boolean isMissing(RequiredActionContext context) {
        return context.getUser()
                        .credentialManager()
                        .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                        .findAny()
                        .isPresent()
                && !isGiven(context);
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
     * @throws io.github.totpguard.keycloak.gate.VerificationUnavailableException if nothing can be verified now
     */
    public boolean passed(Consumer<Outcome> refusal) {
        String code = context.getHttpRequest().getDecodedFormParameters().getFirst(CodePage.CODE_FIELD);
        if (code == null) {
            // The form of another page: a first device was added elsewhere meanwhile.
            ask();
            return false;
        }
        Outcome outcome = SecondFactorGate.of(context.getSession(), context.getRealm(), context.getUser())
                .attempt(code, Channel.SETUP);
        ActionAttempts.report(context, outcome);
        if (!outcome.accepted()) {
            refusal.accept(outcome);
            context.challenge(refused(outcome));
        }
        return outcome.accepted();
    }

    private Response refused(Outcome outcome) {
        return outcome.verdict().shut()
                ? LockedPage.of(context.form(), outcome.verdict())
                : page(CodeHint.after(
                        outcome.throttle().failures(),
                        context.form().addError(new FormMessage(CodePage.CODE_FIELD, "totpGuard.error.code"))));
    }

    private Response page(LoginFormsProvider form) {
        return form.setAttribute("totpGuardProofFor", what.name()).createForm("totp-guard-prove.ftl");
    }
}
