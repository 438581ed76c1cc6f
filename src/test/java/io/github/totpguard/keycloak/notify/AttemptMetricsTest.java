package io.github.totpguard.keycloak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.state.Lock;
import io.github.totpguard.core.state.Notice;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.core.state.Verdict.Reason;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Metrics")
class AttemptMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AttemptMetrics metrics = new AttemptMetrics(registry);

    @Test
    @DisplayName("an attempt is counted by realm, channel and result")
    void verifications() {
        metrics.decided(
                "demo", Channel.FORM, outcome(new Verdict(Reason.MISMATCH, Optional.empty(), Optional.empty())));
        metrics.decided(
                "demo", Channel.FORM, outcome(new Verdict(Reason.MISMATCH, Optional.empty(), Optional.empty())));
        metrics.decided(
                "demo",
                Channel.DIRECT_GRANT,
                outcome(new Verdict(Reason.ACCEPTED, Optional.of("id"), Optional.empty())));
        metrics.impossible("demo", Channel.FORM);

        assertThat(verifications("form", "mismatch")).isEqualTo(2);
        assertThat(verifications("direct_grant", "accepted")).isEqualTo(1);
        assertThat(verifications("form", "unavailable")).isEqualTo(1);
        assertThat(registry.find("totp_guard.locks").counters()).isEmpty();
        assertThat(registry.find("totp_guard.resynchronisations").counters()).isEmpty();
    }

    @Test
    @DisplayName("a lock is counted when it begins, not at later attempts during it")
    void locks() {
        Instant end = Instant.ofEpochSecond(1_800_000_000);
        metrics.decided("demo", Channel.FORM, outcome(locked(Reason.MISMATCH, new Lock(Optional.of(end), true))));
        metrics.decided("demo", Channel.FORM, outcome(locked(Reason.LOCKED, new Lock(Optional.of(end), false))));
        metrics.decided("demo", Channel.FORM, outcome(locked(Reason.MISMATCH, new Lock(Optional.empty(), true))));
        metrics.decided("demo", Channel.FORM, outcome(locked(Reason.HARD_LOCKED, new Lock(Optional.empty(), false))));

        assertThat(count("totp_guard.locks", "realm", "demo", "kind", "temporary"))
                .isEqualTo(1);
        assertThat(count("totp_guard.locks", "realm", "demo", "kind", "hard")).isEqualTo(1);
        assertThat(verifications("form", "hard_locked")).isEqualTo(1);
    }

    @Test
    @DisplayName("a resynchronisation is counted in addition to its verification")
    void resynchronisations() {
        metrics.decided(
                "demo", Channel.FORM, outcome(new Verdict(Reason.RESYNCHRONISED, Optional.of("id"), Optional.empty())));

        assertThat(count("totp_guard.resynchronisations", "realm", "demo")).isEqualTo(1);
        assertThat(verifications("form", "resynchronised")).isEqualTo(1);
    }

    private double verifications(String channel, String result) {
        return count("totp_guard.verifications", "realm", "demo", "channel", channel, "result", result);
    }

    private double count(String name, String... tags) {
        return Optional.ofNullable(registry.find(name).tags(tags).counter())
                .map(Counter::count)
                .orElse(0.0);
    }

    private static Verdict locked(Reason reason, Lock lock) {
        return new Verdict(reason, Optional.empty(), Optional.of(lock));
    }

    private static AttemptOutcome outcome(Verdict verdict) {
        return new AttemptOutcome(
                verdict, Optional.empty(), Notice.NONE, Throttle.NONE, false, OptionalInt.empty(), List.of());
    }
}
