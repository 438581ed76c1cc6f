package io.github.totpguard.keycloak.login;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.utils.FormMessage;

/** The page that asks for a code. It says the same, byte for byte, of a wrong, a used and a malformed code. */
final class CodePage {
    private static final String TEMPLATE = "totp-guard-code.ftl";
    private static final String UNAVAILABLE_TEMPLATE = "totp-guard-unavailable.ftl";

    private final AuthenticationFlowContext context;

    private CodePage(AuthenticationFlowContext context) {
        this.context = context;
    }

    static CodePage of(AuthenticationFlowContext context) {
        return new CodePage(context);
    }

    Response asking() {
        return context.form().setExecution(context.getExecution().getId()).createForm(TEMPLATE);
    }

    Response refusing() {
        return context.form()
                .setExecution(context.getExecution().getId())
                .addError(new FormMessage("otp", "totpGuard.error.code"))
                .createForm(TEMPLATE);
    }

    Response unavailable() {
        return context.form()
                .setStatus(Response.Status.SERVICE_UNAVAILABLE)
                .setExecution(context.getExecution().getId())
                .createForm(UNAVAILABLE_TEMPLATE);
    }
}
