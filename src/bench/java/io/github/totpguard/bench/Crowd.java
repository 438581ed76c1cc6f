package io.github.totpguard.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The users of one realm in a queue. Who has given a code is not let out again before the next time step. */
final class Crowd {

    private record Waiting(BenchUser user, long lastStep) {}

    private final Deque<Waiting> queue = new ArrayDeque<>();

    Crowd(int users) {
        for (int i = 0; i < users; i++) {
            queue.add(new Waiting(new BenchUser(i), -1));
        }
    }

    /** Nobody, when all users have given a code in this step. */
    synchronized Optional<BenchUser> next() {
        Waiting first = queue.peek();
        if (first == null || first.lastStep >= BenchUser.presentStep()) {
            return Optional.empty();
        }
        queue.remove();
        return Optional.of(first.user);
    }

    /** A new code is good from the next step on; the one given may have been of the step before this one. */
    synchronized void back(BenchUser user) {
        queue.add(new Waiting(user, BenchUser.presentStep()));
    }
}
