package io.github.totpguard.bench;

import java.util.List;

/**
 * The result of one block of load on one variant.
 *
 * @param round counted from 1
 * @param serverCpu CPU time of all nodes, in seconds
 * @param postgresCpu CPU time of all PostgreSQL processes, in seconds
 * @param visits for each visit the duration of each request in nanoseconds, in the order of the scenario;
 *     {@link #NOT_SENT} if the visit did not send the request
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
