package io.github.totpguard.bench.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;

/** The users of one realm in a queue, the one who waits longest first. A user comes out once in a time step. */
final class Crowd {

    private final Deque<BenchUser> queue = new ArrayDeque<>();

    private Crowd(IntStream numbers) {
        numbers.mapToObj(BenchUser::new).forEach(queue::add);
    }

    /** All users of a realm. */
    static Crowd of(int users) {
        return new Crowd(IntStream.range(0, users));
    }

    /** As many of a realm's users, evenly spread over all of them; without the first one, whom others are copies of. */
    static Crowd spread(int users, int ofAll) {
        int some = Math.min(users, ofAll - 1);
        return new Crowd(IntStream.range(0, some).map(i -> 1 + (int) ((long) i * (ofAll - 1) / some)));
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
