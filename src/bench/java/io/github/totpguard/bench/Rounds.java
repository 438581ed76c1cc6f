package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * All blocks of a run, one of each variant in a round. Two variants are twins, the same work by other names: their mean is what the
 * others are compared with, and their difference is what chance does.
 */
final class Rounds {

    private static final int RESAMPLES = 200;
    // Any number; a fixed one gives the same errors for the same blocks.
    private static final long SEED = 14;

    private final List<Map<String, Block>> rounds;
    private final List<String> twins;

    Rounds(List<Block> blocks, List<String> twins) {
        this.rounds = List.copyOf(blocks.stream()
                .collect(Collectors.groupingBy(
                        Block::round, TreeMap::new, Collectors.toMap(Block::variant, block -> block)))
                .values());
        this.twins = twins;
    }

    /** A figure of all blocks of a variant together. */
    double pooled(String variant, ToDoubleFunction<Sample> figure) {
        return figure.applyAsDouble(sample(variant, rounds));
    }

    /** The figure's ratio to the twins' mean in each round; the mean of these ratios and its standard error. */
    Estimate meanOfRatios(String variant, ToDoubleFunction<Sample> figure) {
        return Estimate.mean(rounds.stream()
                .map(List::of)
                .mapToDouble(round -> ratio(variant, round, figure))
                .toArray());
    }

    /**
     * The ratio of the figures of all blocks, for figures that a single block is too short for. Its standard error is that of a
     * bootstrap over rounds: the same ratio of as many rounds drawn with replacement, again and again.
     */
    Estimate ratioOfPooled(String variant, ToDoubleFunction<Sample> figure) {
        Random random = new Random(SEED);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<Map<String, Block>> drawn = new ArrayList<>();
            for (int j = 0; j < rounds.size(); j++) {
                drawn.add(rounds.get(random.nextInt(rounds.size())));
            }
            ratios[i] = ratio(variant, drawn, figure);
        }
        double errorOfMean = Estimate.mean(ratios).error();
        return new Estimate(ratio(variant, rounds, figure), errorOfMean * Math.sqrt(RESAMPLES));
    }

    /** How far the first twin is from the second, as a part of their mean. */
    Estimate differenceOfTwins(ToDoubleFunction<Sample> figure) {
        return Estimate.mean(rounds.stream()
                .map(List::of)
                .mapToDouble(round -> ratio(twins.get(0), round, figure) - ratio(twins.get(1), round, figure))
                .toArray());
    }

    private double ratio(String variant, List<Map<String, Block>> some, ToDoubleFunction<Sample> figure) {
        double ofTwins = twins.stream()
                .mapToDouble(twin -> figure.applyAsDouble(sample(twin, some)))
                .average()
                .orElse(Double.NaN);
        return figure.applyAsDouble(sample(variant, some)) / ofTwins;
    }

    private static Sample sample(String variant, List<Map<String, Block>> some) {
        return new Sample(some.stream().map(round -> round.get(variant)).toList());
    }
}
