package io.github.totpguard.core.state;

import java.time.Duration;
import java.util.Optional;

/**
 * The parameters of the decision.
 *
 * @param window how many steps before and after the device's own time are accepted (TOTP), and how many counters are
 *     looked ahead (HOTP); 0 to {@value #MAX_WINDOW}. RFC 6238 section 5.2 recommends at most 1.
 * @param drift the limits of drift and resynchronisation
 * @param lockout when wrong codes lock the second factor, and for how long
 * @param warnEvery the shortest time between two warnings of wrong codes; empty if users get no notices
 */
public record AttemptRules(int window, Drift drift, Lockout lockout, Optional<Duration> warnEvery) {
    /** A larger window would make the check worthless: with 100 steps of 30 s, a code is valid for 100 minutes. */
    public static final int MAX_WINDOW = 100;

    public AttemptRules {
        if (window < 0 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window must be 0 to " + MAX_WINDOW + ", was " + window);
        }
    }
}
