package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters.Totp;
import io.github.totpguard.core.otp.OtpSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One attempt of a user with one device that was used before, with the default policy. */
@State(Scope.Benchmark)
public class DecideBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final long STEP = Totp.DEFAULT.stepAt(NOW.getEpochSecond());
    private static final AttemptRules POLICY = new AttemptRules(
            1,
            new Drift(4, 20),
            new Lockout(5, Duration.ofMinutes(1), Duration.ofHours(1), 100),
            Optional.of(Duration.ofHours(1)));

    private final Device device =
            new Device("e2c2c1a4-90c5-4f5b-8f9f-4a5a6b7c8d9e", OtpSecret.ofBytes(new byte[20]), Totp.DEFAULT, 0);
    private SecondFactorState state;
    private SecondFactorState locked;
    private Attempt right;
    private Attempt wrong;

    @Setup
    public void prepare() {
        state = SecondFactorDecision.decide(
                        SecondFactorState.EMPTY, attempt(STEP - 100), POLICY, NOW.minusSeconds(100L * 30))
                .state();
        right = attempt(STEP);
        wrong = attempt(STEP + 1000);
        locked = state;
        for (int i = 0; i < 5; i++) {
            locked = SecondFactorDecision.decide(locked, wrong, POLICY, NOW).state();
        }
    }

    private Attempt attempt(long step) {
        return new Attempt(
                OneTimeCode.parse(CodeGenerator.code(device.secret(), device.parameters(), step)),
                List.of(device),
                Set.of(device.id()));
    }

    @Benchmark
    public Decision rightCode() {
        return SecondFactorDecision.decide(state, right, POLICY, NOW);
    }

    @Benchmark
    public Decision wrongCode() {
        return SecondFactorDecision.decide(state, wrong, POLICY, NOW);
    }

    @Benchmark
    public Decision whileLocked() {
        return SecondFactorDecision.decide(locked, right, POLICY, NOW);
    }
}
