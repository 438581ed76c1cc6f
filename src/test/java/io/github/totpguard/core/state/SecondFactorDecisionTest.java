package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SecondFactorDecisionTest {
    private static final OtpParameters.Totp TOTP = OtpParameters.Totp.DEFAULT;
    private static final OtpParameters.Hotp HOTP = new OtpParameters.Hotp(OtpAlgorithm.SHA1, 6);
    private static final Lockout LENIENT = new Lockout(100, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    private static final Drift NO_DRIFT = new Drift(0, 0);
    private static final AttemptRules WINDOW_1 = new AttemptRules(1, NO_DRIFT, LENIENT, Optional.empty());

    private static final Device PHONE = device("phone", 'p', TOTP, 0);
    private static final Device TABLET = device("tablet", 't', TOTP, 0);
    private static final Device TOKEN = device("token", 'k', HOTP, 5);

    private static final long STEP = 56_000_000;
    private static final Instant NOW = Instant.ofEpochSecond(STEP * 30 + 7);

    private SecondFactorState state = SecondFactorState.EMPTY;

    @Test
    @Tag("S1")
    @Tag("T4")
    @DisplayName("a code is accepted once")
    void onceOnly() {
        assertThat(attempt(code(PHONE, STEP), NOW)).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(code(PHONE, STEP), NOW)).isEqualTo(Reason.REPLAYED);
        assertThat(attempt(code(PHONE, STEP), NOW.plusSeconds(20))).isEqualTo(Reason.REPLAYED);
    }

    @Test
    @Tag("S3")
    @DisplayName("a used code is refused in every spelling")
    void spelling() {
        String code = code(PHONE, STEP);
        assertThat(attempt(code, NOW)).isEqualTo(Reason.ACCEPTED);
        String arabicIndic = code.chars()
                .mapToObj(c -> Character.toString(c - '0' + '\u0660'))
                .collect(Collectors.joining());
        for (String spelling : List.of(" " + code, code.substring(0, 3) + " " + code.substring(3), arabicIndic)) {
            assertThat(attempt(spelling, NOW)).isEqualTo(Reason.REPLAYED);
        }
    }

    @Test
    @Tag("S4")
    @DisplayName("a code is not accepted again in the last second of its validity")
    void untilTheEndOfItsValidity() {
        Instant earliest = Instant.ofEpochSecond((STEP - 1) * 30);
        Instant latest = Instant.ofEpochSecond((STEP + 2) * 30 - 1);
        assertThat(attempt(code(PHONE, STEP), earliest)).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(code(PHONE, STEP), latest)).isEqualTo(Reason.REPLAYED);
    }

    @Test
    @Tag("S5")
    @DisplayName("a code of the next step is not accepted again when that step comes")
    void futureStep() {
        assertThat(attempt(code(PHONE, STEP + 1), NOW)).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(code(PHONE, STEP + 1), NOW.plusSeconds(30))).isEqualTo(Reason.REPLAYED);
    }

    @Test
    @Tag("S6")
    @DisplayName("after an accepted code no older one is accepted, even if it was never used")
    void olderAfterNewer() {
        assertThat(attempt(code(PHONE, STEP), NOW)).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(code(PHONE, STEP - 1), NOW)).isEqualTo(Reason.REPLAYED);
    }

    @Test
    @DisplayName("a code of any device of the user is accepted, and each device has its own state")
    void anyDevice() {
        assertThat(attempt(code(TABLET, STEP), NOW)).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(code(PHONE, STEP - 1), NOW)).isEqualTo(Reason.ACCEPTED);
        assertThat(state.device("tablet").orElseThrow().lastAcceptedStep()).isEqualTo(STEP);
        assertThat(state.device("phone").orElseThrow().lastAcceptedStep()).isEqualTo(STEP - 1);
        assertThat(state.device("phone").orElseThrow().lastUsed()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("a code that two devices share is spent on only one of them, and once")
    void sharedCode() {
        Device twin = new Device("twin", PHONE.secret(), TOTP, 0);
        Attempt both = attemptOf(code(PHONE, STEP), PHONE, twin);
        Decision decision = SecondFactorDecision.decide(state, both, WINDOW_1, NOW);
        assertThat(decision.verdict()).isEqualTo(Verdict.of(Reason.ACCEPTED, "phone"));
        assertThat(decision.state().devices()).containsOnlyKeys("phone");
    }

    @Test
    @DisplayName("a code that is used on one device is still accepted by another device")
    void replayedHereAcceptedThere() {
        Device twin = new Device("twin", PHONE.secret(), TOTP, 0);
        state = SecondFactorState.EMPTY.with("phone", new DeviceState(STEP, NOW, 0));
        Decision decision =
                SecondFactorDecision.decide(state, attemptOf(code(PHONE, STEP), PHONE, twin), WINDOW_1, NOW);
        assertThat(decision.verdict()).isEqualTo(Verdict.of(Reason.ACCEPTED, "twin"));
    }

    @Test
    @Tag("S28")
    @DisplayName("an input that is not a code, or has a length of no device, is malformed and changes nothing")
    void malformed() {
        for (String input : Arrays.asList(null, "", "abcdef", "12345", "1234567", "123456789")) {
            assertThat(attempt(input, NOW)).as("%s", input).isEqualTo(Reason.MALFORMED);
        }
        assertThat(state).isEqualTo(SecondFactorState.EMPTY);
    }

    @Test
    @DisplayName("a wrong code is a mismatch, names no device, and is counted")
    void mismatch() {
        Decision decision = SecondFactorDecision.decide(state, attemptOf(code(PHONE, STEP + 2), PHONE), WINDOW_1, NOW);
        assertThat(decision.verdict()).isEqualTo(Verdict.of(Reason.MISMATCH));
        assertThat(decision.state()).isEqualTo(state.with(new Throttle(1, 1, 0, Optional.empty())));
    }

    @Test
    @Tag("S29")
    @DisplayName("time 0 and the first window need no special case")
    void firstWindow() {
        assertThat(attempt(code(PHONE, 0), Instant.EPOCH)).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(code(PHONE, 0), Instant.EPOCH)).isEqualTo(Reason.REPLAYED);
        assertThat(attempt(code(PHONE, 1), Instant.EPOCH)).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    @Tag("H4")
    @DisplayName("a HOTP counter moves only on success, looks ahead, and never goes back")
    void hotp() {
        AttemptRules lookAhead = new AttemptRules(3, NO_DRIFT, LENIENT, Optional.empty());
        assertThat(hotp(4, lookAhead)).as("before the stored counter").isEqualTo(Reason.REPLAYED);
        assertThat(hotp(9, lookAhead)).as("beyond the look-ahead").isEqualTo(Reason.MISMATCH);
        assertThat(hotp(8, lookAhead)).isEqualTo(Reason.ACCEPTED);
        assertThat(hotp(8, lookAhead)).isEqualTo(Reason.REPLAYED);
        assertThat(hotp(7, lookAhead)).isEqualTo(Reason.MISMATCH);
        assertThat(hotp(9, lookAhead)).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    @DisplayName("the state of a stored device is kept, whether or not the device can be verified")
    void keepsStored() {
        Instant longAgo = NOW.minus(Duration.ofDays(400));
        state = SecondFactorState.EMPTY
                .with("stored", new DeviceState(1, longAgo, 0))
                .with("removed", new DeviceState(2, longAgo, 0))
                .with("removed just now", new DeviceState(3, NOW, 0));
        Attempt attempt = new Attempt(OneTimeCode.parse(code(PHONE, STEP)), List.of(PHONE), Set.of("phone", "stored"));
        Decision decision = SecondFactorDecision.decide(state, attempt, WINDOW_1, NOW);
        assertThat(decision.state().devices()).containsOnlyKeys("phone", "stored", "removed just now");
    }

    @Property(tries = 300)
    @net.jqwik.api.Tag("S1")
    @net.jqwik.api.Tag("S4")
    @net.jqwik.api.Tag("S5")
    @net.jqwik.api.Tag("S6")
    @net.jqwik.api.Tag("S14")
    @Label("random sequences agree with a naive model: no step twice, none older, none outside")
    void agreesWithModel(@ForAll("histories") List<Try> history, @ForAll("windows") int window) {
        AttemptRules policy = new AttemptRules(window, NO_DRIFT, LENIENT, Optional.empty());
        List<Device> devices = List.of(PHONE, TABLET);
        Map<String, Set<Long>> spent = new HashMap<>();
        long now = STEP * 30;
        SecondFactorState current = SecondFactorState.EMPTY;
        for (Try next : history) {
            now += next.pauseSeconds();
            Device device = devices.get(next.device());
            long step = now / 30 + next.offset();
            Decision decision = SecondFactorDecision.decide(
                    current, attemptOf(code(device, step), PHONE, TABLET), policy, Instant.ofEpochSecond(now));
            current = decision.state();

            Set<Long> mine = spent.computeIfAbsent(device.id(), id -> new HashSet<>());
            boolean inWindow = Math.abs(next.offset()) <= window;
            boolean newest = mine.stream().allMatch(used -> used < step);
            assertThat(decision.verdict().accepted()).isEqualTo(inWindow && newest);
            if (decision.verdict().accepted()) {
                assertThat(mine.add(step)).isTrue();
            }
        }
    }

    @Provide
    Arbitrary<List<Try>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(-4, 4),
                        Arbitraries.integers().between(0, 70))
                .as(Try::new)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> windows() {
        return Arbitraries.integers().between(0, 3);
    }

    /** A code with the given offset from the current step, after a pause. */
    record Try(int device, int offset, int pauseSeconds) {}

    @Test
    @Tag("S29")
    @DisplayName("a window out of range is refused")
    void windowBound() {
        assertThatThrownBy(() -> new AttemptRules(AttemptRules.MAX_WINDOW + 1, NO_DRIFT, LENIENT, Optional.empty()))
                .hasMessageContaining("0 to 100");
        assertThatThrownBy(() -> new AttemptRules(-1, NO_DRIFT, LENIENT, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Reason attempt(String input, Instant now) {
        Decision decision = SecondFactorDecision.decide(state, attemptOf(input, PHONE, TABLET), WINDOW_1, now);
        state = decision.state();
        return decision.verdict().reason();
    }

    private Reason hotp(long counter, AttemptRules policy) {
        Decision decision = SecondFactorDecision.decide(state, attemptOf(code(TOKEN, counter), TOKEN), policy, NOW);
        state = decision.state();
        return decision.verdict().reason();
    }

    private static Attempt attemptOf(String input, Device... devices) {
        Set<String> ids = Arrays.stream(devices).map(Device::id).collect(Collectors.toSet());
        return new Attempt(OneTimeCode.parse(input), List.of(devices), ids);
    }

    private static String code(Device device, long step) {
        return CodeGenerator.code(device.secret(), device.parameters(), step);
    }

    private static Device device(String id, char fill, OtpParameters parameters, long counter) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) fill);
        return new Device(id, OtpSecret.ofBytes(bytes), parameters, counter);
    }
}
