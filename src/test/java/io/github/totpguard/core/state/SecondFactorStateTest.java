package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.state.Verdict.Reason;
import io.github.totpguard.core.trust.TrustedBrowsers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SecondFactorStateTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_680_000_000);

    @Test
    @DisplayName("the last use is that of the most recently used device")
    void lastUsed() {
        assertThat(SecondFactorState.EMPTY.lastUsed()).isEmpty();
        assertThat(SecondFactorState.EMPTY
                        .with("a", new DeviceState(1, NOW.minusSeconds(5), 0))
                        .with("b", new DeviceState(2, NOW, 0))
                        .with("c", new DeviceState(3, NOW.minusSeconds(9), 0))
                        .lastUsed())
                .contains(NOW);
    }

    @Test
    @Tag("N5")
    @DisplayName("unlocking removes failures and locks, and nothing that is known of the devices")
    void unlocked() {
        SecondFactorState state = new SecondFactorState(
                new Throttle(7, 2, 1, Optional.of(NOW)),
                Map.of("a", new DeviceState(1, NOW, 2)),
                Map.of("a", 9L),
                Optional.of(NOW),
                TrustedBrowsers.NONE,
                Map.of("c", new SpentCodes(Set.of(3), NOW)),
                Map.of("v", 5L));
        assertThat(state.unlocked())
                .isEqualTo(new SecondFactorState(
                        Throttle.NONE,
                        state.devices(),
                        state.farSteps(),
                        state.lastWarned(),
                        state.trusted(),
                        state.spentCodes(),
                        state.vaultCounters()));
    }

    @Test
    @Tag("S35")
    @DisplayName("the earlier counter of a vault account stays when anything else changes")
    void vaultCounters() {
        SecondFactorState state = counted(Map.of("v", 8L, "w", 0L));
        Instant later = NOW.plus(Duration.ofDays(9));
        SecondFactorState changed = state.with(new Throttle(1, 1, 0, Optional.empty()))
                .with("a", new DeviceState(1, NOW, 0))
                .with("c", new SpentCodes(Set.of(3), NOW))
                .withFarSteps(Map.of("a", 4L))
                .warnedAt(NOW)
                .with(TrustedBrowsers.NONE)
                .withoutAbsent(Set.of(), later)
                .withoutAbsentCodes(Set.of(), later)
                .unlocked();
        assertThat(changed.vaultCounters()).isEqualTo(Map.of("v", 8L, "w", 0L));
        assertThat(changed.vaultCounter("v")).hasValue(8);
        assertThat(changed.vaultCounter("x")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> counted(Map.of("v", -1L)));
    }

    private static SecondFactorState counted(Map<String, Long> counters) {
        return new SecondFactorState(
                Throttle.NONE, Map.of(), Map.of(), Optional.empty(), TrustedBrowsers.NONE, Map.of(), counters);
    }

    @Test
    @DisplayName("an absent device is forgotten after a day, not sooner")
    void forgetsAbsent() {
        SecondFactorState state = SecondFactorState.EMPTY.with("gone", new DeviceState(1, NOW, 0));
        Duration day = Duration.ofDays(1);
        assertThat(state.withoutAbsent(Set.of(), NOW.plus(day)).devices()).containsOnlyKeys("gone");
        assertThat(state.withoutAbsent(Set.of(), NOW.plus(day).plusSeconds(1)).devices())
                .isEmpty();
    }

    @Test
    @Tag("S13")
    @DisplayName("a state that cannot occur is refused")
    void refused() {
        SecondFactorState empty = SecondFactorState.EMPTY;
        new SecondFactorState(Throttle.NONE, Map.of(), Map.of("a", 0L), Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecondFactorState(
                        Throttle.NONE, empty.devices(), Map.of("a", 1L, "b", -1L), empty.lastWarned()));
        new DeviceState(0, NOW, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceState(-1, NOW, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceState(0, null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Throttle(1, -1, 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Throttle(1, 2, 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Throttle(1, 1, -1, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Throttle(1, 1, 1, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Throttle(1, 1, 0, Optional.of(NOW)));
    }

    @Test
    @DisplayName("only an accepted and a replayed code name a device, and an accepted attempt has no lock")
    void verdicts() {
        Optional<Lock> lock = Optional.of(new Lock(Optional.of(NOW), true));
        for (Reason reason : Reason.values()) {
            boolean named = List.of(Reason.ACCEPTED, Reason.RESYNCHRONISED, Reason.REPLAYED)
                    .contains(reason);
            Optional<String> right = named ? Optional.of("a") : Optional.empty();
            Optional<String> wrong = named ? Optional.empty() : Optional.of("a");
            Verdict verdict = new Verdict(reason, right, Optional.empty());
            assertThat(verdict.accepted()).isEqualTo(named && reason != Reason.REPLAYED);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Verdict(reason, wrong, Optional.empty()))
                    .withMessageStartingWith(reason + (named ? " names its" : " names no"));
            if (verdict.accepted()) {
                assertThatIllegalArgumentException().isThrownBy(() -> new Verdict(reason, right, lock));
            } else {
                assertThat(new Verdict(reason, right, lock).shut()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("a device without an id, a secret or parameters, and an attempt without a code, are refused")
    void incomplete() {
        OtpSecret secret = OtpSecret.ofBytes(new byte[20]);
        OtpParameters totp = OtpParameters.Totp.DEFAULT;
        new Device("a", secret, totp, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> new Device(null, secret, totp, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Device(" ", secret, totp, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Device("a", null, totp, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Device("a", secret, null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Device("a", secret, totp, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Device("a", secret, new OtpParameters.Totp(OtpAlgorithm.SHA1, 9, 30), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Device("a", secret, new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, 301), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Device("a", secret, new OtpParameters.Hotp(OtpAlgorithm.SHA1, 5), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Device("a", secret, new OtpParameters.Steam(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attempt(null, List.of(), Set.of()));
    }
}
