package io.github.totpguard.bench.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;

/** A queue of the users of one realm, the longest-waiting user first. Each user leaves it once in a time step. */
final class Crowd {

    private final Deque<BenchUser> queue = new ArrayDeque<>();

    private Crowd(IntStream numbers) {
        numbers.mapToObj(BenchUser::new).forEach(queue::add);
    }

    /** All users of a realm. */
    static Crowd of(int users) {
        return new Crowd(IntStream.range(0, users));
    }

    /** That many users, evenly spread over the realm's users, without the first one, of which the others are copies. */
    static Crowd spread(int users, int ofAll) {
        int some = Math.min(users, ofAll - 1);
        return new Crowd(IntStream.range(0, some).map(i -> 1 + (int) ((long) i * (ofAll - 1) / some)));
    }

    /** The next user; empty if all users have used a code in this step. */
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

    /** The smallest number of visits of a user. Call this only if all users are in the queue. */
    synchronized int fewestVisits() {
        return queue.stream().mapToInt(BenchUser::visits).min().orElse(0);
    }
}
