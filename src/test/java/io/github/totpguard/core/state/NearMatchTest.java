package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OneTimeCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code AcceptanceStatementIT} tests the complete feature, with several devices and in SQL. */
class NearMatchTest {
    private static final long STEP = 56_000_000;
    private static final Instant NOW = Instant.ofEpochSecond(STEP * 30 + 7);
    private static final Lockout LOCKOUT = new Lockout(5, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    private static final Device PHONE = Devices.totp("phone");

    @Property(tries = 1000)
    @net.jqwik.api.Tag("S2")
    @net.jqwik.api.Tag("S14")
    @Label(
            "a match is accepted in exactly those states in which the decision accepts the code, and leaves the same device")
    void sameAsDecision(
            @ForAll @IntRange(max = 3) int window,
            @ForAll @IntRange(max = 5) int maxDrift,
            @ForAll @IntRange(min = -7, max = 7) int drift,
            @ForAll @IntRange(min = -10, max = 10) int offset,
            @ForAll @IntRange(min = -10, max = 10) int lastAccepted) {
        AttemptRules policy = new AttemptRules(window, new Drift(maxDrift, 20), LOCKOUT, Optional.empty());
        SecondFactorState state = new SecondFactorState(
                Throttle.NONE,
                Map.of("phone", new DeviceState(STEP + lastAccepted, Instant.EPOCH, drift)),
                Map.of(),
                Optional.empty());
        Attempt attempt = attempt(Devices.code(PHONE, STEP + offset), PHONE);
        Decision decision = SecondFactorDecision.decide(state, attempt, policy, NOW);
        Optional<NearMatch> match = NearMatch.find(attempt, policy, NOW).filter(found -> isAcceptedIn(found, state));
        assertThat(match.isPresent()).isEqualTo(decision.verdict().accepted());
        match.ifPresent(found -> {
            assertThat(found.decision().verdict()).isEqualTo(decision.verdict());
            assertThat(found.decision().state()).isEqualTo(decision.state());
        });
    }

    @Test
    @Tag("S8")
    @Tag("S30")
    @DisplayName("if a failure is counted or a far code is remembered, nothing is accepted without the lock")
    void heldAgainstTheUser() {
        AttemptRules policy = new AttemptRules(1, new Drift(4, 20), LOCKOUT, Optional.empty());
        NearMatch match = NearMatch.find(attempt(Devices.code(PHONE, STEP), PHONE), policy, NOW)
                .orElseThrow();
        Map<String, DeviceState> known = Map.of("phone", new DeviceState(STEP - 1, Instant.EPOCH, 0));
        assertThat(isAcceptedIn(match, new SecondFactorState(Throttle.NONE, known, Map.of(), Optional.empty())))
                .isTrue();
        assertThat(isAcceptedIn(
                        match,
                        new SecondFactorState(
                                new Throttle(1, 1, 0, Optional.empty()), known, Map.of(), Optional.empty())))
                .isFalse();
        assertThat(isAcceptedIn(
                        match,
                        new SecondFactorState(Throttle.NONE, known, Map.of("phone", STEP + 9), Optional.empty())))
                .isFalse();
        assertThat(isAcceptedIn(match, SecondFactorState.EMPTY)).isFalse();
    }

    @Test
    @DisplayName("not searched: inputs without a code, users with a HOTP device, and a device that is not stored")
    void notPossible() {
        assertThat(NearMatch.isPossibleFor(attempt("123456", PHONE))).isTrue();
        assertThat(NearMatch.isPossibleFor(attempt("12345678", PHONE))).isFalse();
        assertThat(NearMatch.isPossibleFor(attempt("no code", PHONE))).isFalse();
        assertThat(NearMatch.isPossibleFor(attempt("123456", PHONE, Devices.hotp("token", 0))))
                .isFalse();
        assertThat(NearMatch.isPossibleFor(new Attempt(OneTimeCode.parse("123456"), List.of(PHONE), Set.of())))
                .isFalse();
    }

    /** The condition that the database checks on a row. */
    private static boolean isAcceptedIn(NearMatch match, SecondFactorState state) {
        return state.isOpen()
                && state.device(match.deviceId())
                        .filter(device -> device.lastAcceptedStep() < match.step())
                        .filter(device ->
                                device.drift() >= match.lowestDrift() && device.drift() <= match.highestDrift())
                        .isPresent();
    }

    private static Attempt attempt(String code, Device... devices) {
        return new Attempt(OneTimeCode.parse(code), List.of(devices), Set.of("phone", "token"));
    }
}
