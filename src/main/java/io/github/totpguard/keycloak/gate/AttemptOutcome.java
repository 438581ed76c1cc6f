package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.Notice;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.state.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The result that the gate returns to its caller after the commit.
 *
 * @param verdict the decision
 * @param deviceLabel the name that the user gave the device whose code it was; empty if the device is unknown, not
 *     stored or has no name
 * @param notice what the user is told in addition
 * @param throttle the consecutive failures and locks, including those of this attempt
 * @param passwordChange whether the user's sessions were ended and the password must be changed
 * @param backupCodesLeft how many backup codes are left; present only after a backup code was accepted
 * @param unreadable the user's devices whose codes could not be checked
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

    /** Whether the code was checked. While the second factor is locked, codes are not checked. */
    public boolean evaluated() {
        return verdict.reason() != Verdict.Reason.LOCKED && verdict.reason() != Verdict.Reason.HARD_LOCKED;
    }

    /** Whether the attempt counts as a failure. */
    public boolean failed() {
        return verdict.reason() == Verdict.Reason.MISMATCH || verdict.reason() == Verdict.Reason.REPLAYED;
    }

    /** Whether the input cannot be a code. Nothing was checked, so the answer reveals nothing about the right code. */
    public boolean malformed() {
        return verdict.reason() == Verdict.Reason.MALFORMED;
    }

    /** The device or set of backup codes that the code belongs to; empty if that is unknown. */
    public Optional<String> credentialId() {
        return verdict.deviceId();
    }

    /** The name of the verdict in events. */
    public String verdictName() {
        return verdict.reason().name().toLowerCase(Locale.ROOT);
    }

    /**
     * A stored device whose codes cannot be checked.
     *
     * @param credentialId the id of its credential
     * @param reason why opening the secret failed, or {@code parameters} if the rest of the row is not usable; in lower
     *     case, for events and logs
     */
    public record UnreadableDevice(String credentialId, String reason) {}
}
