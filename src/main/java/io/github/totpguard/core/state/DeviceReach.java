package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.TotpVerifier;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The steps of one device that mean something at one moment.
 *
 * <p>While a far code is remembered, the code of the step after it would be accepted too, so the window gives up its last
 * step: the number of codes that open the door never grows.
 *
 * @param device whose
 * @param window the steps that are accepted; HOTP's begins one counter earlier, so that a code sent twice is told apart
 *     from a wrong one
 * @param floor the lowest step that may be accepted: older ones are spent
 * @param far where the first of two codes that resynchronise may be found; one step only if there is no
 *     resynchronisation
 * @param resync the step after a remembered far one, if that is within reach
 */
record DeviceReach(Device device, Span window, long floor, Span far, OptionalLong resync) {
    private static final long NO_STEP = -1;

    static DeviceReach of(Device device, SecondFactorState state, Policy policy, Instant now) {
        Optional<DeviceState> known = state.device(device.id());
        long floor = Math.max(
                device.initialCounter(),
                known.map(seen -> Span.plus(seen.lastAcceptedStep(), 1)).orElse(0L));
        Span window;
        Span far;
        if (device.parameters() instanceof OtpParameters.Totp totp) {
            long step = totp.stepAt(now.getEpochSecond());
            // RFC 6238 section 6: the window moves with the drift that was seen. The policy may have changed since.
            int drift = policy.drift().bounded(known.map(DeviceState::drift).orElse(0));
            window = Span.around(Span.plus(step, drift), policy.window());
            far = Span.around(step, policy.drift().resyncSteps());
        } else {
            // RFC 4226 section 7.4: the look-ahead starts at the next counter the server expects.
            window = new Span(floor - 1, Span.plus(floor, policy.window()));
            far = Span.ahead(floor, policy.drift().resyncSteps());
        }
        return new DeviceReach(device, window, floor, far, resync(state.farStep(device.id()), floor, far));
    }

    private static OptionalLong resync(OptionalLong farStep, long floor, Span far) {
        if (farStep.isEmpty() || far.isOneStep()) {
            return OptionalLong.empty();
        }
        long next = Span.plus(farStep.getAsLong(), 1);
        return next >= floor && far.contains(next) ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** What the code means to this device, looked up with the same work whatever the answer. */
    Finding find(OneTimeCode code) {
        OptionalLong inWindow = match(code, window);
        OptionalLong afterFar = match(code, Span.only(resync.orElse(NO_STEP)));
        OptionalLong inReach = match(code, far);
        if (afterFar.isPresent()) {
            long step = afterFar.getAsLong();
            return new Finding(device, window.contains(step) ? Finding.Kind.FRESH : Finding.Kind.CONSECUTIVE, step);
        }
        if (inWindow.isPresent()) {
            return new Finding(device, kindInWindow(inWindow.getAsLong()), inWindow.getAsLong());
        }
        boolean worthRemembering = !far.isOneStep() && inReach.isPresent() && inReach.getAsLong() >= floor;
        return worthRemembering
                ? new Finding(device, Finding.Kind.FAR, inReach.getAsLong())
                : new Finding(device, Finding.Kind.NONE, NO_STEP);
    }

    private Finding.Kind kindInWindow(long step) {
        if (step < floor) {
            return Finding.Kind.SPENT;
        }
        boolean givenUp = resync.isPresent() && step == window.last();
        return givenUp ? Finding.Kind.NONE : Finding.Kind.FRESH;
    }

    private OptionalLong match(OneTimeCode code, Span steps) {
        return TotpVerifier.matchingStep(device.secret(), device.parameters(), code, steps.first(), steps.last());
    }
}
