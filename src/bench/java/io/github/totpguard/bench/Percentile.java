package io.github.totpguard.bench;

import java.util.Arrays;

/** Percentile by nearest rank: the smallest value that the given part of the values does not exceed. */
final class Percentile {

    private Percentile() {}

    /** NaN if there are no values. */
    static double of(double part, long[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
