package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.notify.BruteForceReport;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Counts the wrong codes of one login. After as many as the policy allows, the login starts again at the password. */
final class LoginFailures {
    private static final String NOTE = "totpGuard.failures";

    private final AuthenticationFlowContext context;

    private LoginFailures(AuthenticationFlowContext context) {
        this.context = context;
    }

    static LoginFailures of(AuthenticationFlowContext context) {
        return new LoginFailures(context);
    }

    /** Counts one more wrong code. Returns whether it was the last one. If so, the context has its response already. */
    boolean endLogin() {
        int max = GuardPolicy.of(context.getRealm())
                .map(GuardPolicy::failuresPerLogin)
                .orElse(0);
        if (max == 0) {
            return false;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        int failures = 1
                + Optional.ofNullable(login.getAuthNote(NOTE))
                        .map(Integer::parseInt)
                        .orElse(0);
        login.setAuthNote(NOTE, Integer.toString(failures));
        if (failures < max) {
            return false;
        }
        GuardedUser user = GuardedUser.of(context);
        // Everything that was proved in this session is discarded, including the password.
        context.resetFlow(() -> {
            // Keycloak's flow does not treat a reset as a failure, so its brute-force protection would not count this
            // code. It is reported after the reset, because the reset also removes the protection's session notes.
            BruteForceReport.failure(user);
            context.setForwardedInfoMessage("totpGuard.error.loginEnded");
        });
        return true;
    }
}
