package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.notify.BruteForceReport;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The wrong codes of one login, after so many of which the policy has it start again at the password. */
final class LoginFailures {
    private static final String NOTE = "totpGuard.failures";

    private final AuthenticationFlowContext context;

    private LoginFailures(AuthenticationFlowContext context) {
        this.context = context;
    }

    static LoginFailures of(AuthenticationFlowContext context) {
        return new LoginFailures(context);
    }

    /** Counts one more. Whether it was the last: then the context has its answer already. */
    boolean endLogin() {
        int most = GuardPolicy.of(context.getRealm())
                .map(GuardPolicy::failuresPerLogin)
                .orElse(0);
        if (most == 0) {
            return false;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        int failures = 1
                + Optional.ofNullable(login.getAuthNote(NOTE))
                        .map(Integer::parseInt)
                        .orElse(0);
        login.setAuthNote(NOTE, Integer.toString(failures));
        if (failures < most) {
            return false;
        }
        GuardedUser user = GuardedUser.of(context);
        // All that was proved in this session is forgotten, the password among it.
        context.resetFlow(() -> {
            // A reset is no failure to Keycloak's flow, so its protector would not hear of this code. It is told after
            // the reset, which also removes what the protector notes in the session.
            BruteForceReport.failure(user);
            context.setForwardedInfoMessage("totpGuard.error.loginEnded");
        });
        return true;
    }
}
