package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import java.util.List;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What became of the attempt that lets the user in, for a login that asks something more before it is complete: Keycloak
 * begins the event anew with each page then.
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

    /** Adds what was kept, if anything was. */
    public static void add(AuthenticationSessionModel authentication, EventBuilder event) {
        for (String detail : CARRIED) {
            String kept = authentication.getAuthNote(NOTE + detail);
            if (kept != null) {
                event.detail(detail, kept);
            }
        }
    }
}
