package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What was decided.
 *
 * @param reason why
 * @param deviceId the credential whose code it was, a device or a set of backup codes; present when it was accepted or {@link Reason#REPLAYED}
 * @param lock the lock that the attempt met with, or that it set off
 */
public record Verdict(Reason reason, Optional<String> deviceId, Optional<Lock> lock) {

    /** The closed set of reasons. Only the first two let anyone in. */
    public enum Reason {
        ACCEPTED,
        /** The second of two consecutive codes from outside the window: accepted, and the device's drift is known now. */
        RESYNCHRONISED,
        MISMATCH,
        /**
         * The code of a step that was accepted before, or of an older one (RFC 6238 section 5.2); a backup code whose number
         * is spent, whatever its letters.
         */
        REPLAYED,
        /** Not a code of any of the devices, whatever their secrets: nothing was evaluated. */
        MALFORMED,
        /** Too many wrong codes in a row: nothing was evaluated, and a right code is not used up. */
        LOCKED,
        /** Far too many: the same, until an administrator or a backup code opens it. */
        HARD_LOCKED
    }

    public Verdict {
        boolean named = lets(reason) || reason == Reason.REPLAYED;
        if (named != deviceId.isPresent()) {
            throw new IllegalArgumentException(reason + (named ? " names its device" : " names no device"));
        }
        if (lets(reason) && lock.isPresent()) {
            throw new IllegalArgumentException(reason + " meets with no lock");
        }
    }

    static Verdict of(Reason reason) {
        return new Verdict(reason, Optional.empty(), Optional.empty());
    }

    static Verdict of(Reason reason, String deviceId) {
        return new Verdict(reason, Optional.of(deviceId), Optional.empty());
    }

    Verdict with(Optional<Lock> met) {
        return new Verdict(reason, deviceId, met);
    }

    /** Whether the second factor is shut from now on, for a time or until somebody opens it. */
    public boolean shut() {
        return lock.isPresent();
    }

    /** The end of the lock; empty if there is none, or if no time ends it. */
    public Optional<Instant> lockedUntil() {
        return lock.flatMap(Lock::until);
    }

    public boolean accepted() {
        return lets(reason);
    }

    private static boolean lets(Reason reason) {
        return reason == Reason.ACCEPTED || reason == Reason.RESYNCHRONISED;
    }
}
