package io.github.totpguard.keycloak.login;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;

/** Keycloak's own brute-force protection: whom it has shut out, our form does not let in. */
final class KeycloakLockout {
    private KeycloakLockout() {}

    /**
     * Whether the user is shut out. If so, the page to show is in the context: that of a wrong code, because whoever tries
     * passwords sets this lock off too and should learn nothing by it.
     */
    static boolean refuses(AuthenticationFlowContext context) {
        String shutOut = AuthenticatorUtils.getDisabledByBruteForceEventError(context, context.getUser());
        if (shutOut == null) {
            return false;
        }
        context.getEvent().user(context.getUser()).error(shutOut);
        context.forceChallenge(CodePage.of(context).refusing());
        return true;
    }
}
