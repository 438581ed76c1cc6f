package io.github.totpguard.core.state;

/**
 * How far a device's clock or counter may deviate from what the server expects (RFC 6238 section 6, RFC 4226 section
 * 7.4).
 *
 * @param maxSteps how far remembered drift may move the window, in time steps in each direction, 0 to {@value
 *     #MAX_STEPS}; with 0, no drift is remembered
 * @param resyncSteps how far away two consecutive codes may be to resynchronise a device: time steps before or after
 *     the server's time, or counters ahead; 0 to {@value #MAX_STEPS}; with 0, devices are never resynchronised
 */
public record Drift(int maxSteps, int resyncSteps) {
    /** With steps of 30 s, 100 steps are 50 minutes. A clock that is off by more should be set. */
    public static final int MAX_STEPS = 100;

    public Drift {
        requireBounded("maxSteps", maxSteps);
        requireBounded("resyncSteps", resyncSteps);
    }

    /** Limits an observed offset to the drift that may be remembered. */
    int bounded(long offset) {
        return (int) Math.max(-maxSteps, Math.min(maxSteps, offset));
    }

    private static void requireBounded(String what, int steps) {
        if (steps < 0 || steps > MAX_STEPS) {
            throw new IllegalArgumentException(what + " must be 0 to " + MAX_STEPS + ", was " + steps);
        }
    }
}
