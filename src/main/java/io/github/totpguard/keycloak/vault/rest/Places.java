package io.github.totpguard.keycloak.vault.rest;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The concurrency limit of this node for work that takes much memory or time: a few slots in total, and at most one for
 * each user. No request waits for a slot, because it would block a worker thread.
 */
final class Places {
    private record Holder(String realmId, String userId) {}

    private final int max;
    private final Set<Holder> holders = new HashSet<>();

    /** @param max the maximum number of users who work at the same time */
    Places(int max) {
        this.max = max;
    }

    /**
     * Does the work in a slot, then releases the slot.
     *
     * @throws NoPlaceException immediately, if no slot is free
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
        if (holders.size() >= max) {
            throw new NoPlaceException(false);
        }
        holders.add(holder);
    }

    private synchronized void leave(Holder holder) {
        holders.remove(holder);
    }

    /** All slots are in use, or the user already has one. */
    static final class NoPlaceException extends Exception {
        private final boolean own;

        private NoPlaceException(boolean own) {
            this.own = own;
        }

        /** Whether the user's own earlier request has not ended yet. */
        boolean own() {
            return own;
        }
    }
}
