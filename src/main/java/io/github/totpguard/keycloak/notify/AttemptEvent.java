package io.github.totpguard.keycloak.notify;

import io.github.totpguard.core.state.Lock;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.AttemptOutcome.UnreadableDevice;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import jakarta.persistence.PersistenceException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ModelException;

/** Writes the outcome of an attempt into the event of the login or of the set-up. */
public final class AttemptEvent {
    private static final Logger LOG = Logger.getLogger(AttemptEvent.class);

    /** The verdict in lower case, on every login and set-up attempt. */
    public static final String VERDICT = "totp_guard_verdict";

    /** Devices that could not be verified, as {@code credential-id:reason}, separated by commas. */
    public static final String UNREADABLE = "totp_guard_unreadable";

    /** The end of the lock in epoch seconds, or {@link #HARD}, on an attempt that caused the lock. */
    public static final String LOCKED_UNTIL = "totp_guard_locked_until";

    /** {@code true} on an attempt that ended the user's sessions and requires a new password. */
    public static final String PASSWORD_CHANGE = "totp_guard_password_change";

    /** How many backup codes are left, on an attempt whose backup code was accepted. */
    public static final String BACKUP_CODES_LEFT = "totp_guard_backup_codes_left";

    /** What became of the token of a trusted browser. */
    public static final String TRUST = "totp_guard_trust";

    /** The error of an event about a copied token of a trusted browser. */
    public static final String TRUST_STOLEN = "totp_guard_trust_stolen";

    /** The value for a lock that does not end on its own. */
    private static final String HARD = "hard";

    /** The prefix of the event's error if nothing could be verified. The cause follows. */
    public static final String UNAVAILABLE = "totp_guard_unavailable_";

    private AttemptEvent() {}

    public static void describe(EventBuilder event, AttemptOutcome outcome) {
        event.detail(VERDICT, outcome.verdictName());
        outcome.credentialId().ifPresent(id -> event.detail(Details.SELECTED_CREDENTIAL_ID, id));
        outcome.deviceLabel().ifPresent(label -> event.detail(Details.CREDENTIAL_USER_LABEL, label));
        outcome.verdict().lock().filter(Lock::begins).ifPresent(lock -> event.detail(LOCKED_UNTIL, until(lock)));
        if (outcome.passwordChange()) {
            event.detail(PASSWORD_CHANGE, Boolean.TRUE.toString());
        }
        outcome.backupCodesLeft().ifPresent(left -> event.detail(BACKUP_CODES_LEFT, Integer.toString(left)));
        if (!outcome.unreadable().isEmpty()) {
            event.detail(UNREADABLE, unreadable(outcome));
        }
    }

    /** The error in the event of an attempt that was refused. */
    public static String error(AttemptOutcome outcome) {
        return outcome.evaluated() ? Errors.INVALID_USER_CREDENTIALS : Errors.USER_TEMPORARILY_DISABLED;
    }

    /**
     * Sends the event of an attempt that was not evaluated. Keycloak stores it in the database. If the database is what
     * is unavailable, the user still gets our page.
     */
    public static void unavailable(EventBuilder event, VerificationUnavailableException.Cause cause) {
        try {
            event.error(error(cause));
        } catch (ModelException | PersistenceException e) {
            LOG.errorf(e, "The event %s could not be stored: check the database", error(cause));
        }
    }

    /** The error in the event of an attempt that was not evaluated, and in the response to an administrator. */
    public static String error(VerificationUnavailableException.Cause cause) {
        return UNAVAILABLE + cause.name().toLowerCase(Locale.ROOT);
    }

    private static String until(Lock lock) {
        return lock.until().map(end -> Long.toString(end.getEpochSecond())).orElse(HARD);
    }

    private static String unreadable(AttemptOutcome outcome) {
        return outcome.unreadable().stream().map(AttemptEvent::entry).collect(Collectors.joining(","));
    }

    private static String entry(UnreadableDevice device) {
        return device.credentialId() + ":" + device.reason();
    }
}
