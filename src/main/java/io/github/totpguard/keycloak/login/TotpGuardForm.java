package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.page.CodeCheck;
import io.github.totpguard.keycloak.page.CodePage;
import io.github.totpguard.keycloak.page.KeycloakLockout;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;

/** Asks for a code and lets in whoever has one. */
final class TotpGuardForm extends DeviceAuthenticator {
    private static final String TEMPLATE = "totp-guard-code.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(page(context).asking());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (KeycloakLockout.refuses(context, page(context))) {
            return;
        }
        if (!configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            startAgainWithoutDevice(context);
            return;
        }
        String code = context.getHttpRequest().getDecodedFormParameters().getFirst(CodePage.CODE_FIELD);
        if (code == null) {
            context.challenge(page(context).asking());
            return;
        }
        new CodeCheck(context, page(context))
                .passed(gate -> gate.attempt(code, Channel.FORM))
                // The credential type, or Keycloak's brute-force protector never clears its counter.
                .ifPresent(outcome -> {
                    TrustCheckbox.of(context).publishIfTicked();
                    context.success(OTPCredentialModel.TYPE);
                });
    }

    private static CodePage page(AuthenticationFlowContext context) {
        return new CodePage(context, TEMPLATE)
                .with(TrustCheckbox.ATTRIBUTE, TrustCheckbox.of(context).days());
    }

    /** The last device was removed while the page was open: the flow decides again what this user needs. */
    private static void startAgainWithoutDevice(AuthenticationFlowContext context) {
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.forkWithErrorMessage(new FormMessage("totpGuard.error.deviceGone"));
    }
}
