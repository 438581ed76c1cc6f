package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.TotpVerifier;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Instant;
import java.util.OptionalLong;

/** The pure function at the heart of the gate: state × attempt × policy × instant → state' × verdict. */
public final class SecondFactorDecision {
    private SecondFactorDecision() {}

    /**
     * Decides one attempt. Every device is tried over its whole window, with the same work whatever the outcome.
     *
     * @param now the server's time, at or after 1970
     */
    public static Decision decide(SecondFactorState state, Attempt attempt, Policy policy, Instant now) {
        if (attempt.code().isEmpty()) {
            return new Decision(state, Verdict.of(Reason.MALFORMED));
        }
        OneTimeCode code = attempt.code().get();
        if (attempt.devices().stream()
                .noneMatch(device -> code.hasDigits(device.parameters().digits()))) {
            return new Decision(state, Verdict.of(Reason.MALFORMED));
        }

        Decision decision = new Decision(state, Verdict.of(Reason.MISMATCH));
        for (Device device : attempt.devices()) {
            OptionalLong step = matchingStep(device, state, code, policy, now);
            // No early exit, and the first acceptance stands: a code that two devices share is spent once.
            if (step.isPresent() && !decision.verdict().accepted()) {
                decision = judge(device, step.getAsLong(), state, decision, now);
            }
        }
        return decision.verdict().accepted()
                ? new Decision(decision.state().withoutAbsent(attempt.storedIds(), now), decision.verdict())
                : decision;
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
