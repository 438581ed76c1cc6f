package io.github.totpguard.core.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How often in a row the user was wrong, whatever the channel, and what followed from it.
 *
 * @param failures consecutive wrong codes since the last success
 * @param failuresSinceLock those of them after the last lock began
 * @param locks consecutive locks since the last success
 * @param lockedUntil the end of the last lock, which may be past
 */
public record Throttle(int failures, int failuresSinceLock, int locks, Optional<Instant> lockedUntil) {
    /** Of someone who was not wrong since the last success. */
    public static final Throttle NONE = new Throttle(0, 0, 0, Optional.empty());

    public Throttle {
        if (failuresSinceLock < 0
                || failures < failuresSinceLock
                || locks < 0
                || (locks > 0) != lockedUntil.isPresent()) {
            throw new IllegalArgumentException("Counts of failures and locks that cannot be");
        }
    }

    /** The lock that holds now, if one does, as somebody meets with it. */
    Optional<Lock> lock(Lockout rules, Instant now) {
        return isHardLocked(rules) ? Optional.of(new Lock(Optional.empty(), false)) : timedLock(now);
    }

    /** The same of locks that time ends, whether or not there is another. */
    Optional<Lock> timedLock(Instant now) {
        return lockedUntil.filter(now::isBefore).map(until -> new Lock(Optional.of(until), false));
    }

    /** Whether no time opens it any more. */
    public boolean isHardLocked(Lockout rules) {
        return failures >= rules.hardLockFailures();
    }

    Throttle afterFailure(Lockout rules, Instant now) {
        int inRow = failuresSinceLock + 1;
        return inRow < rules.maxFailures()
                ? new Throttle(failures + 1, inRow, locks, lockedUntil)
                : new Throttle(failures + 1, 0, locks + 1, Optional.of(until(rules, now)));
    }

    /** In whole seconds, as it is stored and shown. */
    private Instant until(Lockout rules, Instant now) {
        // Behind a hard lock only backup codes are still looked at; who guesses at those has no short locks any more.
        return now.truncatedTo(ChronoUnit.SECONDS).plus(isHardLocked(rules) ? rules.longestLock() : rules.lock(locks));
    }
}
