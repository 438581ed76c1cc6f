package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.Outcome;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.notify.CodeHint;
import io.github.totpguard.keycloak.notify.LockedPage;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** A password alone adds no device to an account that has one: first a code of a device that is there. */
final class ProveStage implements SetupStage {
    private static final String CODE_FIELD = "otp";

    private final GuardPolicy policy;

    ProveStage(GuardPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void show(RequiredActionContext context) {
        context.challenge(page(context.form()));
    }

    @Override
    public void process(RequiredActionContext context) {
        String code = context.getHttpRequest().getDecodedFormParameters().getFirst(CODE_FIELD);
        if (code == null) {
            // The form of another page: a first device was added elsewhere meanwhile.
            show(context);
            return;
        }
        Outcome outcome = SecondFactorGate.of(context.getSession(), context.getRealm(), context.getUser())
                .attempt(code, Channel.SETUP);
        SetupAttempts.report(context, outcome);
        if (outcome.accepted()) {
            SetupStage.of(context, policy).show(context);
        } else {
            SetupEvents.of(context).refused(outcome);
            context.challenge(refusal(context, outcome));
        }
    }

    private static Response refusal(RequiredActionContext context, Outcome outcome) {
        return outcome.verdict().shut()
                ? LockedPage.of(context.form(), outcome.verdict())
                : page(CodeHint.after(
                        outcome.throttle().failures(),
                        context.form().addError(new FormMessage(CODE_FIELD, "totpGuard.error.code"))));
    }

    private static Response page(LoginFormsProvider form) {
        return form.createForm("totp-guard-prove.ftl");
    }
}
