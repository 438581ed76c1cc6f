package io.github.totpguard.keycloak.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The rate limits of users on this node, in memory. If there are too many entries, the least recently used one is
 * dropped and starts with a full budget again. The limits stop runaway programs. They are no protection against
 * guessing.
 */
public final class Budgets {
    private static final int MAX_ENTRIES = 10_000;

    /** Kinds of requests with separate budgets, so that reading continues during a large import. */
    public enum Kind {
        READ(300),
        /** Counts each code, so that codes in one request cost as much as codes in many requests. */
        CODES(6000),
        WRITE(120),
        /** Low, because names of recipients could be guessed here. */
        SHARE(10),
        IMPORT(10),
        EXPORT(5),
        /** Each returns one secret. */
        QR(20),
        /** Reads of the account page. */
        ACCOUNT(60);

        private final int perMinute;

        Kind(int perMinute) {
            this.perMinute = perMinute;
        }
    }

    private record Key(String realmId, String userId, Kind kind) {}

    private final Map<Key, Budget> budgets;

    public Budgets() {
        this(MAX_ENTRIES);
    }

    Budgets(int max) {
        budgets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Budget> eldest) {
                return size() > max;
            }
        };
    }

    /**
     * @param now milliseconds
     * @return empty if the request is within the budget; otherwise the seconds to wait
     */
    public OptionalInt take(String realmId, String userId, Kind kind, long now) {
        return take(realmId, userId, kind, 1, now);
    }

    /** The same for a request that costs more than 1, up to the whole budget of its kind. */
    public OptionalInt take(String realmId, String userId, Kind kind, int amount, long now) {
        Budget budget;
        synchronized (budgets) {
            budget = budgets.computeIfAbsent(new Key(realmId, userId, kind), key -> new Budget(kind.perMinute, now));
        }
        return budget.take(amount, now);
    }

    /**
     * The rate limit of one user for one kind of request, as a token bucket: the whole amount can be used at once, and the
     * same amount is refilled evenly within a minute. Times are in milliseconds.
     */
    static final class Budget {
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
}
