package io.github.totpguard.bench;

import java.util.List;

/**
 * The duration of the code step at one size.
 *
 * @param size the number of rows, or of devices of each user
 * @param variant Keycloak's form or ours
 * @param millis the mean of the medians of the blocks
 */
public record GrowthPoint(long size, String variant, Estimate millis) {

    private static final double MEDIAN = 0.5;

    /** @param request the index of the request with the code in {@link Block#visits} */
    public static GrowthPoint of(long size, String variant, List<Block> blocks, int request) {
        return new GrowthPoint(
                size,
                variant,
                Estimate.mean(blocks.stream()
                        .map(List::of)
                        .mapToDouble(block -> new Sample(block).percentile(request, MEDIAN))
                        .toArray()));
    }
}
