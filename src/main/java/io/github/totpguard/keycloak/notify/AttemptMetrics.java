package io.github.totpguard.keycloak.notify;

import io.github.totpguard.core.state.Lock;
import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/** The metrics counters of attempts. Their tags are the realm and values from closed sets, never users. */
final class AttemptMetrics {
    private static final String REALM = "realm";
    private static final String UNAVAILABLE = "unavailable";

    private final Meter.MeterProvider<Counter> verifications;
    private final Meter.MeterProvider<Counter> locks;
    private final Meter.MeterProvider<Counter> resynchronisations;

    AttemptMetrics(MeterRegistry registry) {
        verifications = Counter.builder("totp_guard.verifications")
                .description("Inputs that were to be checked as one-time codes")
                .withRegistry(registry);
        locks = Counter.builder("totp_guard.locks")
                .description("Second factors that wrong codes have locked")
                .withRegistry(registry);
        resynchronisations = Counter.builder("totp_guard.resynchronisations")
                .description("Devices that were resynchronised by two consecutive codes")
                .withRegistry(registry);
    }

    void decided(String realm, Channel channel, AttemptOutcome outcome) {
        verification(realm, channel, outcome.verdictName());
        outcome.verdict().lock().filter(Lock::begins).ifPresent(lock -> locks.withTags(
                        REALM, realm, "kind", lock.until().isPresent() ? "temporary" : "hard")
                .increment());
        if (outcome.verdict().reason() == Verdict.Reason.RESYNCHRONISED) {
            resynchronisations.withTags(REALM, realm).increment();
        }
    }

    void impossible(String realm, Channel channel) {
        verification(realm, channel, UNAVAILABLE);
    }

    private void verification(String realm, Channel channel, String result) {
        verifications
                .withTags(REALM, realm, "channel", channel.label(), "result", result)
                .increment();
    }
}
