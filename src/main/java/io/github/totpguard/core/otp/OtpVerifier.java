package io.github.totpguard.core.otp;

import java.util.OptionalLong;

/**
 * Finds the step that a code belongs to, in a window of steps (RFC 6238 section 5.2, RFC 4226 section 7.2).
 *
 * <p>A step is a time step or a counter. The work depends only on the size of the window. It does not depend on whether
 * or where a step matches, on the length of the code, or on whether the steps exist.
 */
public final class OtpVerifier {

    /**
     * The maximum number of steps in one window. At this size, a guess of six digits is right once in a thousand times.
     */
    public static final int MAX_STEPS = 1000;

    private OtpVerifier() {}

    /**
     * The highest step in [firstStep, lastStep] that has this code. Steps below 0 do not exist and never match.
     *
     * @return a step, 0 or more; empty if none matches
     * @throws IllegalArgumentException if the parameters are not fit for login, lastStep is before firstStep, or the
     *     window has more than {@value #MAX_STEPS} steps
     */
    public static OptionalLong matchingStep(
            OtpSecret secret, OtpParameters parameters, OneTimeCode code, long firstStep, long lastStep) {
        parameters.requireFitForLogin();
        if (lastStep < firstStep) {
            throw new IllegalArgumentException("The last step " + lastStep + " is before the first, " + firstStep);
        }
        // Negative if the difference overflows a long.
        long span = lastStep - firstStep;
        if (span < 0 || span >= MAX_STEPS) {
            throw new IllegalArgumentException(
                    "A window has up to " + MAX_STEPS + " steps, not [" + firstStep + ", " + lastStep + "]");
        }
        int digits = parameters.digits();
        HotpGenerator hotp = new HotpGenerator(secret, parameters.algorithm(), digits);
        long highest = -1;
        for (int i = 0; i <= span; i++) {
            long step = firstStep + i;
            long match = code.matches(hotp.numberAt(step), digits);
            // All ones for a match, all zeros otherwise: the choice has no branch whose time could be measured.
            long mask = -match;
            highest = (step & mask) | (highest & ~mask);
        }
        // The loop goes upwards. If the value is negative, no existing step matched.
        return highest < 0 ? OptionalLong.empty() : OptionalLong.of(highest);
    }

    /**
     * The highest time step that has this code, from window steps before the given time to window steps after it.
     *
     * @param epochSecond seconds since 1970-01-01T00:00Z, not negative
     * @param window steps accepted in each direction, 0 to 499; RFC 6238 section 5.2 recommends at most 1
     * @return a step, 0 or more; empty if none matches
     * @throws IllegalArgumentException if the time or the window is out of range
     */
    public static OptionalLong matchingTotpStep(
            OtpSecret secret, OtpParameters.Totp parameters, OneTimeCode code, long epochSecond, int window) {
        if (window < 0 || window > (MAX_STEPS - 1) / 2) {
            throw new IllegalArgumentException("window must be 0 to " + (MAX_STEPS - 1) / 2 + " steps, not " + window);
        }
        long step = parameters.stepAt(epochSecond);
        // With a period of one second, the last possible steps are less than a window away from Long.MAX_VALUE.
        long last = step > Long.MAX_VALUE - window ? Long.MAX_VALUE : step + window;
        return matchingStep(secret, parameters, code, step - window, last);
    }
}
