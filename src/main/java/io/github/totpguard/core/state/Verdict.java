package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/**
 * The result of an attempt.
 *
 * @param reason why the attempt was accepted or refused
 * @param deviceId the credential that the code belongs to, a device or a set of backup codes; present if the code was
 *     accepted or {@link Reason#REPLAYED}
 * @param lock the lock that refused the attempt, or that the attempt started
 */
public record Verdict(Reason reason, Optional<String> deviceId, Optional<Lock> lock) {

    /** The closed set of reasons. Only the first two accept the attempt. */
    public enum Reason {
        ACCEPTED,
        /**
         * The second of two consecutive codes from outside the window: accepted, and the device's drift is now known.
         */
        RESYNCHRONISED,
        MISMATCH,
        /**
         * The code of a step that was accepted before, or of an older step (RFC 6238 section 5.2); or a backup code
         * whose number is spent, whatever its letters.
         */
        REPLAYED,
        /** The input cannot be a code of any device, whatever its secret: nothing was evaluated. */
        MALFORMED,
        /** Too many wrong codes in a row: nothing was evaluated, and a right code remains valid. */
        LOCKED,
        /**
         * A hard lock after more wrong codes: like {@link #LOCKED}, until an administrator or a backup code opens it.
         */
        HARD_LOCKED
    }

    public Verdict {
        boolean named = accepts(reason) || reason == Reason.REPLAYED;
        if (named != deviceId.isPresent()) {
            throw new IllegalArgumentException(reason + (named ? " names its device" : " names no device"));
        }
        if (accepts(reason) && lock.isPresent()) {
            throw new IllegalArgumentException(reason + " has no lock");
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

    /**
     * Whether the second factor is locked from now on, for a limited time or until an administrator or a backup code
     * opens it.
     */
    public boolean shut() {
        return lock.isPresent();
    }

    /** The end of the lock; empty if there is no lock, or if it does not end by itself. */
    public Optional<Instant> lockedUntil() {
        return lock.flatMap(Lock::until);
    }

    public boolean accepted() {
        return accepts(reason);
    }

    private static boolean accepts(Reason reason) {
        return reason == Reason.ACCEPTED || reason == Reason.RESYNCHRONISED;
    }
}
