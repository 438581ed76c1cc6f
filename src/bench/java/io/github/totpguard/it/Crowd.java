package io.github.totpguard.it;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The users of one realm in a queue, the one who waits longest first. A user comes out once in a time step. */
final class Crowd {

    private final Deque<BenchUser> queue = new ArrayDeque<>();

    Crowd(int users) {
        for (int i = 0; i < users; i++) {
            queue.add(new BenchUser(i));
        }
    }

    /** Empty when all users have given a code in this step. */
    synchronized Optional<BenchUser> next() {
        BenchUser first = queue.peek();
        if (first == null || !first.hasFreshCode()) {
            return Optional.empty();
        }
        return Optional.of(queue.remove());
    }

    synchronized void back(BenchUser user) {
        user.visited();
        queue.add(user);
    }

    /** Of the user who has been out least, while all are in. */
    synchronized int fewestVisits() {
        return queue.stream().mapToInt(BenchUser::visits).min().orElse(0);
    }
}
