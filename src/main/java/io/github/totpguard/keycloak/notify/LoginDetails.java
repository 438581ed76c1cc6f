package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import java.util.List;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keeps the outcome of the accepted attempt until the login is complete. If the login shows further pages, Keycloak
 * starts a new event with each page, and the details would be lost.
 */
public final class LoginDetails {
    private static final List<String> CARRIED =
            List.of(AttemptEvent.VERDICT, AttemptEvent.BACKUP_CODES_LEFT, Details.SELECTED_CREDENTIAL_ID);

    private static final String NOTE = "totpGuard.login.";

    private LoginDetails() {}

    public static void keep(AuthenticationSessionModel authentication, AttemptOutcome outcome) {
        authentication.setAuthNote(NOTE + AttemptEvent.VERDICT, outcome.verdictName());
        outcome.credentialId().ifPresent(id -> authentication.setAuthNote(NOTE + Details.SELECTED_CREDENTIAL_ID, id));
        outcome.backupCodesLeft()
                .ifPresent(left ->
                        authentication.setAuthNote(NOTE + AttemptEvent.BACKUP_CODES_LEFT, Integer.toString(left)));
    }

    /** Adds the details that were kept, if there are any. */
    public static void add(AuthenticationSessionModel authentication, EventBuilder event) {
        for (String detail : CARRIED) {
            String kept = authentication.getAuthNote(NOTE + detail);
            if (kept != null) {
                event.detail(detail, kept);
            }
        }
    }
}
