package io.github.totpguard.keycloak.login;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;

/** Whether this user may log in at all: not disabled, and not shut out by Keycloak's brute-force protection. */
final class LoginAllowed {
    private LoginAllowed() {}

    /** Answers false after it has put the page to show into the context. */
    static boolean check(AuthenticationFlowContext context) {
        String shutOut = AuthenticatorUtils.getDisabledByBruteForceEventError(context, context.getUser());
        if (shutOut != null) {
            // The page does not tell this from a wrong code: Keycloak's protector is set off by the password step too.
            refuse(context, shutOut, "totpGuard.error.code");
            return false;
        }
        if (!context.getUser().isEnabled()) {
            refuse(context, Errors.USER_DISABLED, "accountDisabledMessage");
            return false;
        }
        return true;
    }

    private static void refuse(AuthenticationFlowContext context, String error, String messageKey) {
        context.getEvent().user(context.getUser()).error(error);
        context.forceChallenge(CodePage.of(context).saying(messageKey));
    }
}
