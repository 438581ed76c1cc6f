package io.github.totpguard.keycloak.vault.rest;

import java.util.OptionalInt;

/**
 * The rate limit of one user for one kind of request, as a token bucket: the whole amount can be used at once, and the
 * same amount is refilled evenly within a minute. Times are in milliseconds.
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

    OptionalInt take(long now) {
        return take(1, now);
    }

    /**
     * @param amount at most the whole budget
     * @return empty if the amount was within the budget and is taken; otherwise the whole seconds to wait, 1 or more
     */
    synchronized OptionalInt take(int amount, long now) {
        // If the clock moves back, the budget neither refills nor drains.
        long passed = Math.max(0, now - at);
        left = Math.min(perMinute, left + (double) passed * perMinute / REFILL_MILLIS);
        at = now;
        if (left >= amount) {
            left -= amount;
            return OptionalInt.empty();
        }
        double millis = (amount - left) * REFILL_MILLIS / perMinute;
        return OptionalInt.of(Math.max(1, (int) Math.ceil(millis / 1000)));
    }
}
