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
 * A code that {@link SecondFactorDecision} accepts if four things are true: the user has no failures and no far code,
 * this device was used last, its last accepted step is an earlier one, and its remembered drift is within the limits.
 * It is found without knowing the user's state.
 *
 * @param deviceId the id of the device's credential
 * @param step the time step of the code
 * @param used the state of the device after the acceptance
 * @param lowestDrift the lowest remembered drift; with a lower one, the step would be after the device's window
 * @param highestDrift the highest remembered drift; with a higher one, the step would be before the window
 */
public record NearMatch(String deviceId, long step, DeviceState used, int lowestDrift, int highestDrift) {

    /**
     * Whether a near match is possible: the code has the length of a device's code, and all devices are stored TOTP
     * devices (no HOTP).
     */
    public static boolean isPossibleFor(Attempt attempt) {
        return attempt.isOfStoredDevices()
                && attempt.isCodeOfAnyDevice()
                && attempt.devices().stream()
                        .allMatch(device -> device.parameters() instanceof OtpParameters.TimeBased);
    }

    /**
     * Checks every step that drift could have moved into a window, for every device. The work is the same for every
     * code.
     *
     * @param attempt an attempt that is {@link #isPossibleFor possible}
     * @param now the server's time, at or after 1970
     */
    public static Optional<NearMatch> find(Attempt attempt, AttemptRules rules, Instant now) {
        OneTimeCode code = attempt.code().orElseThrow();
        List<NearMatch> matches = attempt.devices().stream()
                .map(device -> find(device, code, rules, now))
                .filter(Objects::nonNull)
                .toList();
        // Same rule as in the decision: if two devices share a code, the first one counts.
        return matches.stream().findFirst();
    }

    private static NearMatch find(Device device, OneTimeCode code, AttemptRules rules, Instant now) {
        OtpParameters.TimeBased timed = (OtpParameters.TimeBased) device.parameters();
        long present = timed.stepAt(now.getEpochSecond());
        StepRange near =
                StepRange.around(present, rules.window() + rules.drift().maxSteps());
        // The highest step is enough: if it is in the window, it is the highest one there.
        OptionalLong step = OtpVerifier.matchingStep(device.secret(), timed, code, near.first(), near.last());
        return step.isPresent() ? of(device.id(), step.getAsLong(), present, rules, now) : null;
    }

    private static NearMatch of(String deviceId, long step, long present, AttemptRules rules, Instant now) {
        int offset = (int) (step - present);
        int most = rules.drift().maxSteps();
        // If the remembered drift exceeds the current policy, the window moves as far as the policy allows.
        int lowest = offset - rules.window() <= -most ? -Drift.MAX_STEPS : offset - rules.window();
        int highest = offset + rules.window() >= most ? Drift.MAX_STEPS : offset + rules.window();
        DeviceState used = new DeviceState(step, now, rules.drift().bounded(offset));
        return new NearMatch(deviceId, step, used, lowest, highest);
    }

    /**
     * The decision, without the state that it leaves unchanged: other devices, trusted browsers, spent backup codes.
     */
    public Decision decision() {
        return new Decision(
                SecondFactorState.EMPTY.with(deviceId, used),
                Verdict.of(Verdict.Reason.ACCEPTED, deviceId),
                Notice.NONE);
    }
}
