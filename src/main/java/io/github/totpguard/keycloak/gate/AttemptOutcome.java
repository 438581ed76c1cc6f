package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.Notice;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.state.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the gate tells its caller, after it was committed.
 *
 * @param verdict the decision
 * @param deviceLabel the name that the user gave the device whose code it was; empty if that is not known, or not stored
 * @param notice what the user should be told besides
 * @param throttle failures and locks in a row, this attempt's among them
 * @param passwordChange whether the user's sessions were ended and the password must be changed
 * @param backupCodesLeft after a backup code was accepted: how many are
 * @param unreadable devices of the user that could not take part
 */
public record AttemptOutcome(
        Verdict verdict,
        Optional<String> deviceLabel,
        Notice notice,
        Throttle throttle,
        boolean passwordChange,
        OptionalInt backupCodesLeft,
        List<UnreadableDevice> unreadable) {
    public AttemptOutcome {
        unreadable = List.copyOf(unreadable);
    }

    public boolean accepted() {
        return verdict.accepted();
    }

    /** Whether a code was looked at; not so while the second factor is locked. */
    public boolean evaluated() {
        return verdict.reason() != Verdict.Reason.LOCKED && verdict.reason() != Verdict.Reason.HARD_LOCKED;
    }

    /** Whether it counts against the user. */
    public boolean failed() {
        return verdict.reason() == Verdict.Reason.MISMATCH || verdict.reason() == Verdict.Reason.REPLAYED;
    }

    /** Whether what was entered is no code at all: nothing was tried, and nothing is said about the right one. */
    public boolean malformed() {
        return verdict.reason() == Verdict.Reason.MALFORMED;
    }

    /** The device or set of backup codes whose code it was, where that is known. */
    public Optional<String> credentialId() {
        return verdict.deviceId();
    }

    /** The verdict's name in events. */
    public String verdictName() {
        return verdict.reason().name().toLowerCase(Locale.ROOT);
    }
}
