package io.github.totpguard.keycloak.vault.rest;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Places on this node for work that takes much memory or time: few in all, and one for each user. No request waits for a
 * place, because it would hold a worker thread meanwhile.
 */
final class Places {
    private record Holder(String realmId, String userId) {}

    private final int most;
    private final Set<Holder> holders = new HashSet<>();

    /** @param most users who work at the same time */
    Places(int most) {
        this.most = most;
    }

    /**
     * Works in a place, and leaves it.
     *
     * @throws NoPlaceException at once, if none is free
     */
    <T> T run(String realmId, String userId, Supplier<T> work) throws NoPlaceException {
        Holder holder = new Holder(realmId, userId);
        take(holder);
        try {
            return work.get();
        } finally {
            leave(holder);
        }
    }

    private synchronized void take(Holder holder) throws NoPlaceException {
        if (holders.contains(holder)) {
            throw new NoPlaceException(true);
        }
        if (holders.size() >= most) {
            throw new NoPlaceException(false);
        }
        holders.add(holder);
    }

    private synchronized void leave(Holder holder) {
        holders.remove(holder);
    }

    /** Every place is taken, or the user has one already. */
    static final class NoPlaceException extends Exception {
        private final boolean own;

        private NoPlaceException(boolean own) {
            this.own = own;
        }

        /** Whether it is the user's own earlier request that has not ended yet. */
        boolean own() {
            return own;
        }
    }
}
