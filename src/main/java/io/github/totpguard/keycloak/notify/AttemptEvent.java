package io.github.totpguard.keycloak.notify;

import io.github.totpguard.core.state.Lock;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.UnreadableDevice;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import jakarta.persistence.PersistenceException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ModelException;

/** Writes what became of an attempt into the event of the login or of the set-up. */
public final class AttemptEvent {
    private static final Logger LOG = Logger.getLogger(AttemptEvent.class);

    /** On every login and set-up attempt: the verdict in lower case. */
    public static final String VERDICT = "totp_guard_verdict";

    /** Devices that could not take part, as {@code credential-id:reason}, comma separated. */
    public static final String UNREADABLE = "totp_guard_unreadable";

    /** On an attempt that set off a lock: epoch seconds of its end, or {@link #HARD}. */
    public static final String LOCKED_UNTIL = "totp_guard_locked_until";

    /** On an attempt that ended the user's sessions and demands a new password: {@code true}. */
    public static final String PASSWORD_CHANGE = "totp_guard_password_change";

    /** On an attempt whose backup code was accepted: how many are left. */
    public static final String BACKUP_CODES_LEFT = "totp_guard_backup_codes_left";

    /** No time ends the lock. */
    private static final String HARD = "hard";

    /** The event's error when nothing could be verified: this, and the cause. */
    private static final String UNAVAILABLE = "totp_guard_unavailable_";

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

    /** The error of an event for an attempt that was refused. */
    public static String error(AttemptOutcome outcome) {
        return outcome.evaluated() ? Errors.INVALID_USER_CREDENTIALS : Errors.USER_TEMPORARILY_DISABLED;
    }

    /**
     * Sends the event of an attempt that was not even tried. Keycloak stores it in the database, and if that is what is
     * missing the user gets our page all the same.
     */
    public static void unavailable(EventBuilder event, VerificationUnavailableException.Cause cause) {
        try {
            event.error(error(cause));
        } catch (ModelException | PersistenceException e) {
            LOG.errorf(e, "The event %s could not be stored: check the database", error(cause));
        }
    }

    /** The error of such an event, and of an administrator's request. */
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
