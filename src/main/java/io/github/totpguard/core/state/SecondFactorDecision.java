package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.TotpVerifier;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The pure function at the heart of the gate: state × attempt × policy × instant → state' × verdict. */
public final class SecondFactorDecision {
    private SecondFactorDecision() {}

    /**
     * Decides one attempt. While the second factor is locked nothing is evaluated; otherwise every device is tried over
     * its whole window, with the same work whatever the outcome.
     *
     * @param now the server's time, at or after 1970
     */
    public static Decision decide(SecondFactorState state, Attempt attempt, Policy policy, Instant now) {
        if (state.throttle().isHardLocked(policy.lockout())) {
            return new Decision(state, Verdict.of(Reason.HARD_LOCKED));
        }
        Optional<Instant> lockedUntil = state.throttle().lockedAt(now);
        if (lockedUntil.isPresent()) {
            return new Decision(state, Verdict.of(Reason.LOCKED).lockedUntil(lockedUntil));
        }
        if (!isCodeOfAny(attempt)) {
            // No guess at all, so not counted as one.
            return new Decision(state, Verdict.of(Reason.MALFORMED));
        }
        Decision decision = evaluate(state, attempt, policy, now);
        return decision.verdict().accepted()
                ? new Decision(
                        decision.state().withoutAbsent(attempt.storedIds(), now).unlocked(), decision.verdict())
                : failed(decision, policy.lockout(), now);
    }

    private static boolean isCodeOfAny(Attempt attempt) {
        return attempt.code()
                .filter(code -> attempt.devices().stream()
                        .anyMatch(device -> code.hasDigits(device.parameters().digits())))
                .isPresent();
    }

    private static Decision evaluate(SecondFactorState state, Attempt attempt, Policy policy, Instant now) {
        OneTimeCode code = attempt.code().orElseThrow();
        Decision decision = new Decision(state, Verdict.of(Reason.MISMATCH));
        for (Device device : attempt.devices()) {
            OptionalLong step = matchingStep(device, state, code, policy, now);
            // No early exit, and the first acceptance stands: a code that two devices share is spent once.
            if (step.isPresent() && !decision.verdict().accepted()) {
                decision = judge(device, step.getAsLong(), state, decision, now);
            }
        }
        return decision;
    }

    /** A used code counts like a wrong one, or the count would tell the two apart. */
    private static Decision failed(Decision decision, Lockout rules, Instant now) {
        Throttle throttle = decision.state().throttle().afterFailure(rules, now);
        return new Decision(decision.state().with(throttle), decision.verdict().lockedUntil(throttle.lockedAt(now)));
    }

    private static OptionalLong matchingStep(
            Device device, SecondFactorState state, OneTimeCode code, Policy policy, Instant now) {
        if (device.parameters() instanceof OtpParameters.Totp totp) {
            return TotpVerifier.matchingTotpStep(device.secret(), totp, code, now.getEpochSecond(), policy.window());
        }
        // RFC 4226 section 7.4: the look-ahead starts at the next counter the server expects. One counter before it is
        // tried too, so that a code sent twice is told apart from a wrong one.
        long expected = Math.max(
                device.initialCounter(),
                state.device(device.id())
                        .map(known -> known.lastAcceptedStep() + 1)
                        .orElse(0L));
        return TotpVerifier.matchingStep(
                device.secret(), device.parameters(), code, expected - 1, expected + policy.window());
    }

    private static Decision judge(Device device, long step, SecondFactorState state, Decision soFar, Instant now) {
        boolean older = state.device(device.id())
                .map(known -> step <= known.lastAcceptedStep())
                .orElse(step < device.initialCounter());
        if (older) {
            return new Decision(soFar.state(), Verdict.of(Reason.REPLAYED, device.id()));
        }
        return new Decision(
                state.with(device.id(), new DeviceState(step, now)), Verdict.of(Reason.ACCEPTED, device.id()));
    }
}
