package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * All blocks of a run, one of each variant in a round. Two variants are twins: the same work under two names (A/A
 * test). The other variants are compared with the mean of the twins, and the difference of the twins shows the effect
 * of chance.
 */
final class Rounds {

    private static final int RESAMPLES = 200;
    // An arbitrary number. It is fixed, so that the same blocks give the same errors.
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

    /** The figure of all blocks of a variant together. */
    double pooled(String variant, ToDoubleFunction<Sample> figure) {
        return figure.applyAsDouble(sample(variant, rounds));
    }

    /** The mean of the ratios of the figure to the twins' mean in each round, with its standard error. */
    Estimate meanOfRatios(String variant, ToDoubleFunction<Sample> figure) {
        return Estimate.mean(rounds.stream()
                .map(List::of)
                .mapToDouble(round -> ratio(variant, round, figure))
                .toArray());
    }

    /**
     * The ratio of the figures of all blocks, for figures for which a single block is too short. Its standard error
     * comes from a bootstrap over rounds: the same ratio is computed repeatedly for as many rounds, drawn with
     * replacement.
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

    /** The difference of the twins, relative to their mean. */
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
