package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pure function at the core of the gate: state × attempt × rules × instant → state' × verdict. */
public final class SecondFactorDecision {
    private SecondFactorDecision() {}

    /**
     * Decides one attempt. While the second factor is locked, nothing is evaluated. Otherwise every device is checked,
     * and all refused codes cost the same work.
     *
     * @param now the server's time, at or after 1970
     */
    public static Decision decide(SecondFactorState state, Attempt attempt, AttemptRules rules, Instant now) {
        Optional<Lock> lock = state.throttle().lock(rules.lockout(), now);
        if (lock.isPresent()) {
            Reason reason = lock.get().until().isPresent() ? Reason.LOCKED : Reason.HARD_LOCKED;
            return new Decision(state, Verdict.of(reason).with(lock), Notice.NONE);
        }
        if (!attempt.isCodeOfAnyDevice()) {
            // The input is not a guess, so it is not counted.
            return new Decision(state, Verdict.of(Reason.MALFORMED), Notice.NONE);
        }
        OneTimeCode code = attempt.code().orElseThrow();
        // No early exit: every device is checked, whatever the others returned.
        List<MatchWindow.Match> matches = attempt.devices().stream()
                .map(device -> MatchWindow.of(device, state, rules, now).find(code))
                .toList();
        // The first acceptance counts: a code that two devices share is spent only once.
        return matches.stream()
                .filter(MatchWindow.Match::opens)
                .findFirst()
                .map(opening -> accepted(state, attempt, opening, rules, now))
                .orElseGet(() -> refused(state, attempt, matches, rules, now));
    }

    /**
     * Decides one attempt with a backup code. A timed lock refuses it without evaluation. A hard lock does not refuse
     * it, and a right code opens the hard lock. The code is checked exactly once, even if its number is spent or does
     * not exist.
     *
     * @param now the server's time, at or after 1970
     */
    public static Decision decide(SecondFactorState state, BackupAttempt attempt, AttemptRules rules, Instant now) {
        return BackupDecision.decide(state, attempt, rules, now);
    }

    private static Decision accepted(
            SecondFactorState state, Attempt attempt, MatchWindow.Match opening, AttemptRules rules, Instant now) {
        Device device = opening.device();
        DeviceState used = new DeviceState(opening.step(), now, drift(opening, rules, now));
        Reason reason = opening.kind() == MatchWindow.Match.Kind.CONSECUTIVE ? Reason.RESYNCHRONISED : Reason.ACCEPTED;
        return new Decision(
                state.with(device.id(), used)
                        .withoutAbsent(attempt.storedIds(), now)
                        .withFarSteps(Map.of())
                        .unlocked(),
                Verdict.of(reason, device.id()),
                Notice.NONE);
    }

    private static int drift(MatchWindow.Match opening, AttemptRules rules, Instant now) {
        return opening.device().parameters() instanceof OtpParameters.TimeBased timed
                ? rules.drift().bounded(opening.step() - timed.stepAt(now.getEpochSecond()))
                : 0;
    }

    /** A replayed code and a far code count like a wrong one. Otherwise the count would reveal the difference. */
    private static Decision refused(
            SecondFactorState state,
            Attempt attempt,
            List<MatchWindow.Match> matches,
            AttemptRules rules,
            Instant now) {
        Throttle throttle = state.throttle().afterFailure(rules.lockout(), now);
        Optional<Lock> lock = throttle.lock(rules.lockout(), now).map(begun -> new Lock(begun.until(), true));
        SecondFactorState after = state.with(throttle).withFarSteps(far(matches));
        return Warning.of(after, lock, attempt.isOfStoredDevices(), rules, now)
                .add(after, verdict(matches).with(lock));
    }

    private static Map<String, Long> far(List<MatchWindow.Match> matches) {
        return matches.stream()
                .filter(match -> match.kind() == MatchWindow.Match.Kind.FAR)
                .collect(Collectors.toMap(match -> match.device().id(), MatchWindow.Match::step));
    }

    private static Verdict verdict(List<MatchWindow.Match> matches) {
        return matches.stream()
                .filter(match -> match.kind() == MatchWindow.Match.Kind.SPENT)
                .findFirst()
                .map(spent -> Verdict.of(Reason.REPLAYED, spent.device().id()))
                .orElse(Verdict.of(Reason.MISMATCH));
    }
}
