package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.notify.BruteForceReport;
import org.keycloak.authentication.RequiredActionContext;

/**
 * Reports the codes of required actions to Keycloak's brute-force protection. Login flows report their codes
 * themselves.
 */
public final class ActionAttempts {
    private ActionAttempts() {}

    public static void report(RequiredActionContext context, AttemptOutcome outcome) {
        if (outcome.accepted()) {
            BruteForceReport.success(GuardedUser.of(context));
        } else if (outcome.failed()) {
            BruteForceReport.failure(GuardedUser.of(context));
        }
    }
}
