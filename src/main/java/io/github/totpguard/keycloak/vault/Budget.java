package io.github.totpguard.keycloak.vault;

import java.util.OptionalInt;

/**
 * How much one user may still ask of one kind: so many requests at once, and as many again in each minute, evenly. Times
 * are milliseconds.
 */
final class Budget {
    private static final long REFILL_MILLIS = 60_000;

    private final int perMinute;
    private double left;
    private long at;

    Budget(int perMinute, long now) {
        this.perMinute = perMinute;
        this.left = perMinute;
        this.at = now;
    }

    /** @return empty if the request was within the budget, else the whole seconds to wait for the next, 1 or more */
    synchronized OptionalInt take(long now) {
        // A clock that was set back gives nothing, and takes nothing.
        long passed = Math.max(0, now - at);
        left = Math.min(perMinute, left + (double) passed * perMinute / REFILL_MILLIS);
        at = now;
        if (left >= 1) {
            left--;
            return OptionalInt.empty();
        }
        double millis = (1 - left) * REFILL_MILLIS / perMinute;
        return OptionalInt.of(Math.max(1, (int) Math.ceil(millis / 1000)));
    }
}
