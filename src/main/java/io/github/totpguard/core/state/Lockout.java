package io.github.totpguard.core.state;

import java.time.Duration;

/**
 * When wrong codes lock the second factor, and for how long (RFC 4226 section 7.3, NIST SP 800-63B-4 section 3.2.2).
 *
 * @param maxFailures wrong codes in a row before a lock, 1 or more
 * @param firstLock the duration of the first lock; each further lock lasts twice as long until a code is accepted
 * @param longestLock the maximum duration of a timed lock
 * @param hardLockFailures consecutive failures that start a hard lock, which does not end by itself; at least {@code
 *     maxFailures} and at most 100
 */
public record Lockout(int maxFailures, Duration firstLock, Duration longestLock, int hardLockFailures) {
    /** NIST SP 800-63B-4 section 3.2.2: no more than 100 consecutive failures on one account. */
    public static final int MAX_FAILURES = 100;

    public Lockout {
        if (maxFailures < 1) {
            throw new IllegalArgumentException("maxFailures must be 1 or more, was " + maxFailures);
        }
        if (firstLock.isNegative() || firstLock.isZero() || longestLock.compareTo(firstLock) < 0) {
            throw new IllegalArgumentException("The longest lock must not be shorter than the first");
        }
        if (hardLockFailures < maxFailures || hardLockFailures > MAX_FAILURES) {
            throw new IllegalArgumentException(
                    "hardLockFailures must be maxFailures to " + MAX_FAILURES + ", was " + hardLockFailures);
        }
    }

    /** The duration of a lock that follows the given number of consecutive locks. */
    Duration lock(int locksBefore) {
        Duration lock = firstLock;
        for (int i = 0; i < locksBefore && lock.compareTo(longestLock) < 0; i++) {
            lock = lock.multipliedBy(2);
        }
        return lock.compareTo(longestLock) < 0 ? lock : longestLock;
    }
}
