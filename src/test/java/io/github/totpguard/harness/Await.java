package io.github.totpguard.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a fixed time. No other class of the tests sleeps. */
public final class Await {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    public static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Calls the probe repeatedly until there is a value.
     *
     * @throws AssertionError if there is no value within the limit
     */
    public static <T> T value(String what, Duration limit, Supplier<Optional<T>> probe) {
        long start = System.nanoTime();
        while (true) {
            Optional<T> value = probe.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("waited " + limit.toSeconds() + " s without success for " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
