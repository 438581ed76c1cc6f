package io.github.totpguard.bench;

import java.util.Arrays;

/** Nearest rank: the smallest value that so large a part of the values does not exceed. */
final class Percentile {

    private Percentile() {}

    /** Not a number where there are no values. */
    static double of(double part, long[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
