package io.github.totpguard.keycloak.gate.session;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * A completed step whose reference must not appear in {@code amr}: the page for the one-time code accepted a backup
 * code instead. Keycloak records the step as completed only after the step has ended, so the note is corrected when the
 * login ends.
 */
public final class UnclaimedStep {
    private static final String NOTE = "totpGuard.unclaimedStep";

    private UnclaimedStep() {}

    public static void mark(AuthenticationSessionModel authentication, String executionId) {
        authentication.setAuthNote(NOTE, executionId);
    }

    /** Call this when the flow of the login is complete. */
    public static void apply(AuthenticationSessionModel authentication) {
        String executionId = authentication.getAuthNote(NOTE);
        String completed = authentication.getUserSessionNotes().get(Constants.AUTHENTICATORS_COMPLETED);
        if (executionId == null || completed == null) {
            return;
        }
        Map<String, Integer> claimed = new HashMap<>(AuthenticatorUtils.parseCompletedExecutions(completed));
        if (claimed.remove(executionId) != null) {
            authentication.setUserSessionNote(Constants.AUTHENTICATORS_COMPLETED, json(claimed));
        }
    }

    private static String json(Map<String, Integer> completed) {
        try {
            return JsonSerialization.writeValueAsString(completed);
        } catch (IOException e) {
            throw new IllegalStateException("The completed steps cannot be written as JSON", e);
        }
    }
}
