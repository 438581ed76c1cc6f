package io.github.totpguard.bench;

import java.util.List;

/**
 * How long the code step takes at one size.
 *
 * @param size rows, or devices of each user
 * @param variant Keycloak's form or ours
 * @param millis the mean of the blocks' medians
 */
public record GrowthPoint(long size, String variant, Estimate millis) {

    private static final double MEDIAN = 0.5;

    /** @param request the place of the code's request in {@link Block#visits} */
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
