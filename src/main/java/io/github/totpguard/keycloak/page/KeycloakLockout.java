package io.github.totpguard.keycloak.page;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;

/** Keycloak's own brute-force protection: whom it has shut out, we do not let in. */
public final class KeycloakLockout {
    private KeycloakLockout() {}

    /** The event's error if the user is shut out. */
    public static Optional<String> error(AuthenticationFlowContext context) {
        return Optional.ofNullable(AuthenticatorUtils.getDisabledByBruteForceEventError(context, context.getUser()));
    }

    /**
     * Whether the user is shut out. If so, the answer is in the context: the page of a wrong code, because whoever tries
     * passwords sets this lock off too and should learn nothing by it.
     */
    public static boolean refuses(AuthenticationFlowContext context, CodePage page) {
        Optional<String> error = error(context);
        error.ifPresent(shutOut -> {
            context.getEvent().user(context.getUser()).error(shutOut);
            context.forceChallenge(page.refusingUntried());
        });
        return error.isPresent();
    }
}
