package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OneTimeCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LostAcceptancesTest {
    private static final long STEP = 56_000_000;
    private static final int PERIOD = 30;
    private static final Lockout LOCKOUT = new Lockout(100, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    private static final Device PHONE = Devices.totp("phone", PERIOD);

    @Property(tries = 300)
    @Tag("S1")
    @Label("a code that could have been accepted before a crash is refused after it, and the next one is accepted")
    void everyCodeOfBefore(
            @ForAll @IntRange(max = 3) int window,
            @ForAll @IntRange(max = 5) int maxDrift,
            @ForAll @IntRange(min = -6, max = 6) int drift,
            @ForAll @IntRange(max = PERIOD - 1) int second,
            @ForAll @IntRange(max = 5) int stepsLater) {
        AttemptRules policy = new AttemptRules(window, new Drift(maxDrift, 0), LOCKOUT, Optional.empty());
        SecondFactorState durable = known(STEP - 10, drift);
        Instant crash = Instant.ofEpochSecond(STEP * PERIOD + second);

        Set<Long> before = acceptable(durable, policy, crash);
        SecondFactorState spent = LostAcceptances.spend(durable, List.of(PHONE), policy, crash);
        Set<Long> after = acceptable(spent, policy, crash.plusSeconds((long) stepsLater * PERIOD));

        assertThat(after).doesNotContainAnyElementsOf(before);
        if (drift > maxDrift) {
            // Under an earlier policy, its window may have been further ahead.
            return;
        }
        long newest = ((TreeSet<Long>) before).last();
        assertThat(acceptable(spent, policy, crash.plusSeconds((2L * window + 1) * PERIOD)))
                .as("the step after the last one of before")
                .contains(newest + 1);
    }

    @Test
    @DisplayName("for a device that never accepted a code, and for a HOTP device, nothing is spent")
    void nothingToForget() {
        Device token = Devices.hotp("token", 5);
        AttemptRules policy = new AttemptRules(1, new Drift(4, 20), LOCKOUT, Optional.empty());
        SecondFactorState counted = SecondFactorState.EMPTY.with("token", new DeviceState(7, Instant.EPOCH, 0));
        assertThat(LostAcceptances.spend(counted, List.of(PHONE, token), policy, Instant.ofEpochSecond(STEP * PERIOD)))
                .isEqualTo(counted);
    }

    @Test
    @DisplayName("a step that was accepted after the crash remains the newest")
    void laterAcceptance() {
        AttemptRules policy = new AttemptRules(1, new Drift(4, 20), LOCKOUT, Optional.empty());
        SecondFactorState later = known(STEP + 50, 0);
        assertThat(LostAcceptances.spend(later, List.of(PHONE), policy, Instant.ofEpochSecond(STEP * PERIOD)))
                .isEqualTo(later);
    }

    private static SecondFactorState known(long step, int drift) {
        return new SecondFactorState(
                Throttle.NONE,
                Map.of("phone", new DeviceState(step, Instant.EPOCH, drift)),
                Map.of(),
                Optional.empty());
    }

    private static Set<Long> acceptable(SecondFactorState state, AttemptRules policy, Instant now) {
        Set<Long> steps = new TreeSet<>();
        for (long step = STEP - 20; step < STEP + 40; step++) {
            Attempt attempt =
                    new Attempt(OneTimeCode.parse(Devices.code(PHONE, step)), List.of(PHONE), Set.of("phone"));
            if (SecondFactorDecision.decide(state, attempt, policy, now)
                    .verdict()
                    .accepted()) {
                steps.add(step);
            }
        }
        return steps;
    }
}
