package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A code that {@link SecondFactorDecision} accepts if nothing is held against the user, this device was used last, its last
 * accepted step is an earlier one, and its remembered drift is within the bounds. Found without knowing the user's state.
 *
 * @param deviceId the credential whose code it is
 * @param step the time step that made it
 * @param used what is remembered of the device after the acceptance
 * @param lowestDrift the remembered drift must not be lower, or the step is after the device's window
 * @param highestDrift nor higher, or the step is before the window
 */
public record NearMatch(String deviceId, long step, DeviceState used, int lowestDrift, int highestDrift) {

    /** Whether such a code can be looked for: it is one of TOTP devices, and none of the user's devices counts (HOTP). */
    public static boolean isPossibleFor(Attempt attempt) {
        return attempt.isOfStoredDevices()
                && attempt.isCodeOfAnyDevice()
                && attempt.devices().stream()
                        .allMatch(device -> device.parameters() instanceof OtpParameters.TimeBased);
    }

    /**
     * Looks at every step that drift could have moved into a window, of every device: the same work whatever the code is.
     *
     * @param attempt one for which it {@link #isPossibleFor is possible}
     * @param now the server's time, at or after 1970
     */
    public static Optional<NearMatch> find(Attempt attempt, AttemptRules rules, Instant now) {
        OneTimeCode code = attempt.code().orElseThrow();
        List<NearMatch> matches = attempt.devices().stream()
                .map(device -> find(device, code, rules, now))
                .filter(Objects::nonNull)
                .toList();
        // As in the decision: a code that two devices share is of the first one.
        return matches.stream().findFirst();
    }

    private static NearMatch find(Device device, OneTimeCode code, AttemptRules rules, Instant now) {
        OtpParameters.TimeBased timed = (OtpParameters.TimeBased) device.parameters();
        long present = timed.stepAt(now.getEpochSecond());
        StepRange near = StepRange.around(present, rules.window() + rules.drift().maxSteps());
        // The highest one: if it is in the window, it is the highest one there.
        OptionalLong step = OtpVerifier.matchingStep(device.secret(), timed, code, near.first(), near.last());
        return step.isPresent() ? of(device.id(), step.getAsLong(), present, rules, now) : null;
    }

    private static NearMatch of(String deviceId, long step, long present, AttemptRules rules, Instant now) {
        int offset = (int) (step - present);
        int most = rules.drift().maxSteps();
        // A drift beyond what the policy allows today moves the window as far as it allows.
        int lowest = offset - rules.window() <= -most ? -Drift.MAX_STEPS : offset - rules.window();
        int highest = offset + rules.window() >= most ? Drift.MAX_STEPS : offset + rules.window();
        DeviceState used = new DeviceState(step, now, rules.drift().bounded(offset));
        return new NearMatch(deviceId, step, used, lowest, highest);
    }

    /** The decision, without what it keeps of the state: other devices, trusted browsers, spent backup codes. */
    public Decision decision() {
        return new Decision(
                SecondFactorState.EMPTY.with(deviceId, used),
                Verdict.of(Verdict.Reason.ACCEPTED, deviceId),
                Notice.NONE);
    }
}
