package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pure function at the heart of the gate: state × attempt × policy × instant → state' × verdict. */
public final class SecondFactorDecision {
    private SecondFactorDecision() {}

    /**
     * Decides one attempt. While the second factor is locked nothing is evaluated; otherwise every device is tried, and
     * all codes that are refused cost the same work.
     *
     * @param now the server's time, at or after 1970
     */
    public static Decision decide(SecondFactorState state, Attempt attempt, Policy policy, Instant now) {
        Optional<Lock> lock = state.throttle().lock(policy.lockout(), now);
        if (lock.isPresent()) {
            Reason reason = lock.get().until().isPresent() ? Reason.LOCKED : Reason.HARD_LOCKED;
            return new Decision(state, Verdict.of(reason).with(lock), Notice.NONE);
        }
        if (!attempt.isCodeOfAnyDevice()) {
            // No guess at all, so not counted as one.
            return new Decision(state, Verdict.of(Reason.MALFORMED), Notice.NONE);
        }
        OneTimeCode code = attempt.code().orElseThrow();
        // No early exit: every device is tried, whatever another one said.
        List<Finding> findings = attempt.devices().stream()
                .map(device -> DeviceReach.of(device, state, policy, now).find(code))
                .toList();
        // The first acceptance stands: a code that two devices share is spent once.
        return findings.stream()
                .filter(Finding::opens)
                .findFirst()
                .map(opening -> accepted(state, attempt, opening, policy, now))
                .orElseGet(() -> refused(state, attempt, findings, policy, now));
    }

    /**
     * Decides one attempt with a backup code. A timed lock refuses it unevaluated; a hard lock does not, and a right code
     * opens it. The code is checked exactly once, also if its number is spent or does not exist.
     *
     * @param now the server's time, at or after 1970
     */
    public static Decision decide(SecondFactorState state, BackupAttempt attempt, Policy policy, Instant now) {
        return BackupDecision.decide(state, attempt, policy, now);
    }

    private static Decision accepted(
            SecondFactorState state, Attempt attempt, Finding opening, Policy policy, Instant now) {
        Device device = opening.device();
        DeviceState used = new DeviceState(opening.step(), now, drift(opening, policy, now));
        Reason reason = opening.kind() == Finding.Kind.CONSECUTIVE ? Reason.RESYNCHRONISED : Reason.ACCEPTED;
        return new Decision(
                state.with(device.id(), used)
                        .withoutAbsent(attempt.storedIds(), now)
                        .withFarSteps(Map.of())
                        .unlocked(),
                Verdict.of(reason, device.id()),
                Notice.NONE);
    }

    private static int drift(Finding opening, Policy policy, Instant now) {
        return opening.device().parameters() instanceof OtpParameters.TimeBased timed
                ? policy.drift().bounded(opening.step() - timed.stepAt(now.getEpochSecond()))
                : 0;
    }

    /** A used code counts like a wrong one, and so does a far one, or the count would tell them apart. */
    private static Decision refused(
            SecondFactorState state, Attempt attempt, List<Finding> findings, Policy policy, Instant now) {
        Throttle throttle = state.throttle().afterFailure(policy.lockout(), now);
        Optional<Lock> lock = throttle.lock(policy.lockout(), now).map(begun -> new Lock(begun.until(), true));
        SecondFactorState after = state.with(throttle).withFarSteps(far(findings));
        return Warning.of(after, lock, attempt.isOfStoredDevices(), policy, now)
                .add(after, verdict(findings).with(lock));
    }

    private static Map<String, Long> far(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.FAR)
                .collect(Collectors.toMap(finding -> finding.device().id(), Finding::step));
    }

    private static Verdict verdict(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.SPENT)
                .findFirst()
                .map(spent -> Verdict.of(Reason.REPLAYED, spent.device().id()))
                .orElse(Verdict.of(Reason.MISMATCH));
    }
}
