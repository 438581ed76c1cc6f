package io.github.totpguard.it.vault;

import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.TestRealm;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of a visitor without an account: the realm's metadata ten times a second, and a login page once a
 * second. Each visit starts at its scheduled time, even if earlier ones still wait, and is measured from that time.
 */
final class AnonymousVisits {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LOGIN_PAGE_EVERY = 10;
    private static final int THREADS = 32;

    private final URI metadata;
    private final TestRealm realm;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);
    private final AtomicInteger visits = new AtomicInteger();
    private final Queue<Long> micros = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private AnonymousVisits(TestRealm realm) {
        this.realm = realm;
        this.metadata = URI.create(realm.uri() + "/.well-known/openid-configuration");
    }

    /** @param seconds the duration of the visits; {@link #end} waits for their end */
    static AnonymousVisits begin(TestRealm realm, int seconds) {
        AnonymousVisits visits = new AnonymousVisits(realm);
        long count = TimeUnit.SECONDS.toNanos(seconds) / PERIOD_NANOS;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + i * PERIOD_NANOS;
            visits.clock.schedule(() -> visits.visit(due), due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return visits;
    }

    private void visit(long due) {
        URI uri = visits.getAndIncrement() % LOGIN_PAGE_EVERY == 0
                ? OidcLogin.to(realm).uri()
                : metadata;
        try {
            int status = Http.send(Http.request(uri).build()).statusCode();
            if (status != 200) {
                failures.add(uri.getPath() + " " + status);
            }
        } catch (UncheckedIOException e) {
            failures.add(e.getMessage());
        }
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
    }

    /** Waits until all visits are answered. */
    AnonymousVisits end() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(1, TimeUnit.HOURS)) {
                throw new AssertionError("the visits did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return this;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /**
     * The latency in milliseconds.
     *
     * @param percent from 0 to 100
     */
    double percentile(double percent) {
        List<Long> sorted = micros.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(percent / 100 * sorted.size()))) / 1000.0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "visits %d | failed %d | p50 %.1f ms | p90 %.1f ms | p99 %.1f ms | longest %.1f ms",
                micros.size(),
                failures.size(),
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(100));
    }
}
