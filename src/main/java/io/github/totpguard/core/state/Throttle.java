package io.github.totpguard.core.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How many wrong codes in a row the user entered on all channels together, and the locks that followed.
 *
 * @param failures consecutive wrong codes since the last success
 * @param failuresSinceLock how many of them came after the last lock began
 * @param locks consecutive locks since the last success
 * @param lockedUntil the end of the last lock, which may be in the past
 */
public record Throttle(int failures, int failuresSinceLock, int locks, Optional<Instant> lockedUntil) {
    /** No failures since the last success. */
    public static final Throttle NONE = new Throttle(0, 0, 0, Optional.empty());

    public Throttle {
        if (failuresSinceLock < 0
                || failures < failuresSinceLock
                || locks < 0
                || (locks > 0) != lockedUntil.isPresent()) {
            throw new IllegalArgumentException("The counts are negative or contradict each other");
        }
    }

    /** The current lock, if there is one, as an attempt during the lock sees it. */
    Optional<Lock> lock(Lockout rules, Instant now) {
        return isHardLocked(rules) ? Optional.of(new Lock(Optional.empty(), false)) : timedLock(now);
    }

    /** The current timed lock, whether or not there is also a hard lock. */
    Optional<Lock> timedLock(Instant now) {
        return lockedUntil.filter(now::isBefore).map(until -> new Lock(Optional.of(until), false));
    }

    /** Whether the lock does not end by itself any more. */
    public boolean isHardLocked(Lockout rules) {
        return failures >= rules.hardLockFailures();
    }

    Throttle afterFailure(Lockout rules, Instant now) {
        int inRow = failuresSinceLock + 1;
        return inRow < rules.maxFailures()
                ? new Throttle(failures + 1, inRow, locks, lockedUntil)
                : new Throttle(failures + 1, 0, locks + 1, Optional.of(until(rules, now)));
    }

    /** Truncated to whole seconds, because it is stored and shown in seconds. */
    private Instant until(Lockout rules, Instant now) {
        // During a hard lock only backup codes are evaluated. Wrong ones always set the longest timed lock.
        return now.truncatedTo(ChronoUnit.SECONDS).plus(isHardLocked(rules) ? rules.longestLock() : rules.lock(locks));
    }
}
