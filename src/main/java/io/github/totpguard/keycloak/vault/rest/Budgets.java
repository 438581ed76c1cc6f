package io.github.totpguard.keycloak.vault.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The users' budgets on this node, in memory. Of more users than are remembered the one who was away longest begins anew:
 * this keeps a program from running wild, it is no defence against guessing.
 */
final class Budgets {
    private static final int MAX_REMEMBERED = 10_000;

    /** What is counted separately, so that reading goes on beside a big import. */
    enum Kind {
        READ(300),
        /** Each code of a request, so that many codes in one request cost as much as in many. */
        CODES(6000),
        WRITE(120),
        /** Names of recipients could be guessed here. */
        SHARE(10),
        IMPORT(10),
        EXPORT(5);

        private final int perMinute;

        Kind(int perMinute) {
            this.perMinute = perMinute;
        }
    }

    private record Key(String realmId, String userId, Kind kind) {}

    private final Map<Key, Budget> budgets;

    Budgets() {
        this(MAX_REMEMBERED);
    }

    Budgets(int most) {
        budgets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Budget> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * @param now milliseconds
     * @return empty if the request is within the budget, else the seconds to wait
     */
    OptionalInt take(String realmId, String userId, Kind kind, long now) {
        return take(realmId, userId, kind, 1, now);
    }

    /** The same for something that costs more than 1, up to the whole budget of its kind. */
    OptionalInt take(String realmId, String userId, Kind kind, int amount, long now) {
        Budget budget;
        synchronized (budgets) {
            budget = budgets.computeIfAbsent(new Key(realmId, userId, kind), key -> new Budget(kind.perMinute, now));
        }
        return budget.take(amount, now);
    }
}
