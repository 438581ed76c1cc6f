package io.github.totpguard.core.state;

/**
 * How far the clock of a device, or its counter, may be from what the server expects (RFC 6238 section 6, RFC 4226
 * section 7.4).
 *
 * @param maxSteps how far remembered drift may move the window, in time steps either way, 0 to {@value #MAX_STEPS}; 0
 *     remembers none
 * @param resyncSteps how far away two consecutive codes may be found to resynchronise a device: time steps either way
 *     of the server's time, or counters ahead; 0 to {@value #MAX_STEPS}, 0 never resynchronises
 */
public record Drift(int maxSteps, int resyncSteps) {
    /** With steps of 30 s that is 50 minutes; a clock further off should be set. */
    public static final int MAX_STEPS = 100;

    public Drift {
        requireBounded("maxSteps", maxSteps);
        requireBounded("resyncSteps", resyncSteps);
    }

    /** The offset that may be remembered in place of the one that was seen. */
    int bounded(long offset) {
        return (int) Math.max(-maxSteps, Math.min(maxSteps, offset));
    }

    private static void requireBounded(String what, int steps) {
        if (steps < 0 || steps > MAX_STEPS) {
            throw new IllegalArgumentException(what + " must be 0 to " + MAX_STEPS + ", was " + steps);
        }
    }
}
