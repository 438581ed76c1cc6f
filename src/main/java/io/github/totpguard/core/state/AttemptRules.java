package io.github.totpguard.core.state;

import java.time.Duration;
import java.util.Optional;

/**
 * The rules of the decision.
 *
 * @param window how many steps either side of the device's own time are tried (TOTP), and how many counters are looked
 *     ahead (HOTP); 0 to {@value #MAX_WINDOW}. RFC 6238 section 5.2 recommends at most 1.
 * @param drift how far devices may be off
 * @param lockout what wrong codes lead to
 * @param warnEvery how often at most the user is warned of wrong codes; empty if users are not told anything
 */
public record AttemptRules(int window, Drift drift, Lockout lockout, Optional<Duration> warnEvery) {
    /** More would be no check any more: with 100 steps of 30 s a code lives for 100 minutes. */
    public static final int MAX_WINDOW = 100;

    public AttemptRules {
        if (window < 0 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window must be 0 to " + MAX_WINDOW + ", was " + window);
        }
    }
}
