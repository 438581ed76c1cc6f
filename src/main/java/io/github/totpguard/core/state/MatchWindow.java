package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpVerifier;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The steps of one device that are relevant at a given time.
 *
 * <p>While a far code is remembered, the code of the step after it is accepted too. The window then gives up its last
 * step, so that the number of accepted codes never grows.
 *
 * @param device the device
 * @param window the accepted steps; the window of HOTP begins one counter earlier, so that a replay is distinguished
 *     from a wrong code
 * @param spent the newest step that is no longer accepted; neither is any older one; -1 if there is none
 * @param far where the first of two consecutive codes for resynchronisation may be; only one step if resynchronisation
 *     is off
 * @param resync the step after a remembered far step, if it is within reach and not already in the window
 */
record MatchWindow(Device device, StepRange window, long spent, StepRange far, OptionalLong resync) {
    private static final long NO_STEP = -1;

    static MatchWindow of(Device device, SecondFactorState state, AttemptRules rules, Instant now) {
        Optional<DeviceState> known = state.device(device.id());
        long spent = Math.max(
                device.initialCounter() - 1,
                known.map(DeviceState::lastAcceptedStep).orElse(NO_STEP));
        StepRange window;
        StepRange far;
        if (device.parameters() instanceof OtpParameters.TimeBased timed) {
            long step = timed.stepAt(now.getEpochSecond());
            // RFC 6238 section 6: the observed drift moves the window. The policy may have become stricter since.
            int drift = rules.drift().bounded(known.map(DeviceState::drift).orElse(0));
            window = StepRange.around(StepRange.plus(step, drift), rules.window());
            far = StepRange.around(step, rules.drift().resyncSteps());
        } else {
            // RFC 4226 section 7.4: the look-ahead starts at the next counter the server expects.
            window = StepRange.ahead(spent, rules.window() + 1);
            far = StepRange.ahead(StepRange.plus(spent, 1), rules.drift().resyncSteps());
        }
        return new MatchWindow(device, window, spent, far, resync(state.farStep(device.id()), window, spent, far));
    }

    private static OptionalLong resync(OptionalLong farStep, StepRange window, long spent, StepRange far) {
        if (farStep.isEmpty() || far.isOneStep()) {
            return OptionalLong.empty();
        }
        // After Long.MAX_VALUE there is no step: the sum is negative and therefore out of reach.
        long next = farStep.getAsLong() + 1;
        return next > spent && far.contains(next) && !window.contains(next)
                ? OptionalLong.of(next)
                : OptionalLong.empty();
    }

    /**
     * Checks a code against this device. An accepted code costs less work than others; that reveals nothing, because
     * the user sees that it was accepted. All other codes cost the same, however near they are.
     */
    Match find(OneTimeCode code) {
        OptionalLong inWindow = match(code, window);
        // The window is checked first. If both steps had the same code, the other order would leave the code valid for
        // a second use.
        if (inWindow.isPresent() && isOpen(inWindow.getAsLong())) {
            return new Match(device, Match.Kind.FRESH, inWindow.getAsLong());
        }
        OptionalLong afterFar = match(code, StepRange.only(resync.orElse(NO_STEP)));
        OptionalLong inReach = match(code, far);
        if (afterFar.isPresent()) {
            return new Match(device, Match.Kind.CONSECUTIVE, afterFar.getAsLong());
        }
        if (inWindow.isPresent()) {
            return inWindow.getAsLong() <= spent ? new Match(device, Match.Kind.SPENT, inWindow.getAsLong()) : none();
        }
        boolean worthRemembering = !far.isOneStep() && inReach.isPresent() && inReach.getAsLong() > spent;
        return worthRemembering ? new Match(device, Match.Kind.FAR, inReach.getAsLong()) : none();
    }

    private boolean isOpen(long inWindow) {
        boolean givenUp = resync.isPresent() && inWindow == window.last();
        return inWindow > spent && !givenUp;
    }

    private Match none() {
        return new Match(device, Match.Kind.NONE, NO_STEP);
    }

    private OptionalLong match(OneTimeCode code, StepRange steps) {
        return OtpVerifier.matchingStep(device.secret(), device.parameters(), code, steps.first(), steps.last());
    }

    /**
     * The result of checking a code against one device.
     *
     * @param device the device that was checked
     * @param kind how the code relates to the device's window
     * @param step the step of the code; -1 if there is none
     */
    record Match(Device device, Kind kind, long step) {
        enum Kind {
            /** In the window, and newer than every accepted step. */
            FRESH,
            /** Outside the window, and the step directly after a remembered far step. */
            CONSECUTIVE,
            /** In the window, but already accepted or older than an accepted step. */
            SPENT,
            /** Outside the window, but near enough to be the first of two consecutive codes. */
            FAR,
            NONE
        }

        boolean opens() {
            return kind == Kind.FRESH || kind == Kind.CONSECUTIVE;
        }
    }
}
