package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What was decided.
 *
 * @param reason why
 * @param deviceId the device whose code it was; present when {@link Reason#ACCEPTED} or {@link Reason#REPLAYED}
 * @param lockedUntil the end of the lock that the attempt met with, or that it set off
 */
public record Verdict(Reason reason, Optional<String> deviceId, Optional<Instant> lockedUntil) {

    /** The closed set of reasons. Only {@link #ACCEPTED} lets anyone in. */
    public enum Reason {
        ACCEPTED,
        MISMATCH,
        /** The code of a step that was accepted before, or of an older one (RFC 6238 section 5.2). */
        REPLAYED,
        /** Not a code of any of the devices, whatever their secrets: nothing was evaluated. */
        MALFORMED,
        /** Too many wrong codes in a row: nothing was evaluated, and a right code is not used up. */
        LOCKED,
        /** Far too many: the same, until an administrator opens it. */
        HARD_LOCKED
    }

    public Verdict {
        boolean named = reason == Reason.ACCEPTED || reason == Reason.REPLAYED;
        if (named != deviceId.isPresent()) {
            throw new IllegalArgumentException(reason + (named ? " names its device" : " names no device"));
        }
    }

    static Verdict of(Reason reason) {
        return new Verdict(reason, Optional.empty(), Optional.empty());
    }

    static Verdict of(Reason reason, String deviceId) {
        return new Verdict(reason, Optional.of(deviceId), Optional.empty());
    }

    Verdict lockedUntil(Optional<Instant> until) {
        return new Verdict(reason, deviceId, until);
    }

    /** Whether the second factor is shut from now on, for a time or until somebody opens it. */
    public boolean shut() {
        return lockedUntil.isPresent() || reason == Reason.HARD_LOCKED;
    }

    public boolean accepted() {
        return reason == Reason.ACCEPTED;
    }
}
