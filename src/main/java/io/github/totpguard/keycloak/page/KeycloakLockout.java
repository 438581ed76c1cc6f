package io.github.totpguard.keycloak.page;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;

/** Keycloak's own brute-force protection. If it has locked a user out, TOTP Guard refuses the user's codes too. */
public final class KeycloakLockout {
    private KeycloakLockout() {}

    /** The event's error if the user is locked out. */
    public static Optional<String> error(AuthenticationFlowContext context) {
        return Optional.ofNullable(AuthenticatorUtils.getDisabledByBruteForceEventError(context, context.getUser()));
    }

    /**
     * Whether the user is locked out. If so, the context has its response: the page of a wrong code. An attacker who
     * guesses passwords causes this lock too, and must not learn anything from it.
     */
    public static boolean refuses(AuthenticationFlowContext context, CodePage page) {
        Optional<String> error = error(context);
        error.ifPresent(lockedOut -> {
            context.getEvent().user(context.getUser()).error(lockedOut);
            context.forceChallenge(page.refusingUntried());
        });
        return error.isPresent();
    }
}
