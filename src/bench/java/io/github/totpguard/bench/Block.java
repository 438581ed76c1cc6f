package io.github.totpguard.bench;

import java.util.List;

/**
 * What came out of one block of load on one variant.
 *
 * @param round counted from 1
 * @param serverCpu seconds, of all nodes
 * @param postgresCpu seconds, of PostgreSQL with all its processes
 * @param visits for each visit the nanoseconds of each request, in the order of the scenario; {@link #NOT_SENT} where the
 *     visit did without it
 */
public record Block(
        int round,
        String variant,
        double seconds,
        int errors,
        int waits,
        double serverCpu,
        double postgresCpu,
        List<long[]> visits) {

    public static final long NOT_SENT = -1;
}
