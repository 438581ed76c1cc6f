package io.github.totpguard.core.state;

import io.github.totpguard.core.state.BackupAttempt.Guess;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a backup code is accepted. It shares the failure count and the timed locks with one-time codes. A
 * right backup code opens a hard lock: backup codes have 75 bits and do not need the protection of the hard lock.
 */
final class BackupDecision {
    private BackupDecision() {}

    static Decision decide(SecondFactorState state, BackupAttempt attempt, AttemptRules rules, Instant now) {
        Optional<Lock> lock = state.throttle().timedLock(now);
        if (lock.isPresent()) {
            return new Decision(state, Verdict.of(Reason.LOCKED).with(lock), Notice.NONE);
        }
        if (attempt.guess().isEmpty()) {
            return new Decision(state, Verdict.of(Reason.MALFORMED), Notice.NONE);
        }
        Guess guess = attempt.guess().get();
        Set<Integer> spent =
                state.spent(guess.credentialId()).map(SpentCodes::numbers).orElse(Set.of());
        int number = guess.numberToCheck(spent);
        // The code is checked before anything else, so that a spent number takes as long as any other.
        boolean right = guess.matches().test(number);
        if (spent.contains(number)) {
            return refused(state, Verdict.of(Reason.REPLAYED, guess.credentialId()), rules, now);
        }
        return right
                ? accepted(state, attempt, guess.credentialId(), number, now)
                : refused(state, Verdict.of(Reason.MISMATCH), rules, now);
    }

    private static Decision accepted(
            SecondFactorState state, BackupAttempt attempt, String credentialId, int number, Instant now) {
        SpentCodes spent = state.spent(credentialId)
                .map(before -> before.and(number, now))
                .orElse(new SpentCodes(Set.of(number), now));
        return new Decision(
                state.with(credentialId, spent)
                        .withoutAbsentCodes(attempt.storedIds(), now)
                        .withFarSteps(Map.of())
                        .unlocked(),
                Verdict.of(Reason.ACCEPTED, credentialId),
                Notice.NONE);
    }

    private static Decision refused(SecondFactorState state, Verdict verdict, AttemptRules rules, Instant now) {
        Throttle throttle = state.throttle().afterFailure(rules.lockout(), now);
        SecondFactorState after = state.with(throttle).withFarSteps(Map.of());
        boolean wasHard = state.throttle().isHardLocked(rules.lockout());
        Optional<Lock> lock = (wasHard ? throttle.timedLock(now) : throttle.lock(rules.lockout(), now))
                .map(begun -> new Lock(begun.until(), true));
        return Warning.of(after, lock, true, rules, now).add(after, verdict.with(lock));
    }
}
