package io.github.totpguard.core.state;

/**
 * The rules of the decision.
 *
 * @param window how many steps either side of now are tried (TOTP), and how many counters are looked ahead (HOTP);
 *     0 to {@value #MAX_WINDOW}. RFC 6238 section 5.2 recommends at most 1.
 * @param lockout what wrong codes lead to
 */
public record Policy(int window, Lockout lockout) {
    /** More would be no check any more: with 100 steps of 30 s a code lives for 100 minutes. */
    public static final int MAX_WINDOW = 100;

    public Policy {
        if (window < 0 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window must be 0 to " + MAX_WINDOW + ", was " + window);
        }
    }
}
