package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The rows of the main table, computed from the blocks of a run. */
public final class Figures {

    /** The maximum difference of the twins' medians of the last request. If they differ by more, the run is void. */
    private static final double MAX_DIFFERENCE = 0.02;

    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;
    private static final String MILLIS = "ms";

    private final List<String> variants;
    private final List<String> requests;
    private final Rounds rounds;

    /**
     * @param variants the names of the variants, the twins first
     * @param requests the names of the requests, in the order of {@link Block#visits}; the scenario measures the last
     *     one
     */
    public Figures(List<Block> blocks, List<String> variants, List<String> requests) {
        this.variants = variants;
        this.requests = requests;
        this.rounds = new Rounds(blocks, variants.subList(0, 2));
    }

    public List<FigureRow> rows() {
        List<FigureRow> rows = new ArrayList<>();
        for (int i = requests.size() - 1; i >= 0; i--) {
            int request = i;
            String name = requests.get(i);
            rows.add(ofRounds(name + ", p50", MILLIS, sample -> sample.percentile(request, MEDIAN)));
            rows.add(ofAll(name + ", p99", MILLIS, sample -> sample.percentile(request, TAIL)));
        }
        rows.add(ofRounds("whole visit, p50", MILLIS, sample -> sample.percentileOfVisits(MEDIAN)));
        rows.add(ofAll("server CPU per visit", MILLIS, Sample::serverCpuMillis));
        rows.add(ofRounds("server CPU per visit, mean of rounds", MILLIS, Sample::serverCpuMillis));
        rows.add(ofAll("PostgreSQL CPU per visit", MILLIS, Sample::postgresCpuMillis));
        rows.add(ofRounds("visits per second", "1/s", Sample::visitsPerSecond));
        return rows;
    }

    /** Why the run must not be used: the difference of the twins is too large. */
    public List<String> objections() {
        int last = requests.size() - 1;
        Estimate difference = rounds.differenceOfTwins(sample -> sample.percentile(last, MEDIAN));
        if (Math.abs(difference.value()) <= MAX_DIFFERENCE) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "the twins differ by %.1f %% at the p50 of %s, and may by %.0f %%",
                100 * Math.abs(difference.value()),
                requests.get(last),
                100 * MAX_DIFFERENCE));
    }

    private FigureRow ofRounds(String name, String unit, ToDoubleFunction<Sample> figure) {
        return row(name, unit, figure, rounds::meanOfRatios);
    }

    private FigureRow ofAll(String name, String unit, ToDoubleFunction<Sample> figure) {
        return row(name, unit, figure, rounds::ratioOfPooled);
    }

    private FigureRow row(
            String name,
            String unit,
            ToDoubleFunction<Sample> figure,
            BiFunction<String, ToDoubleFunction<Sample>, Estimate> ratio) {
        Map<String, FigureRow.Cell> cells = new LinkedHashMap<>();
        variants.forEach(variant ->
                cells.put(variant, new FigureRow.Cell(rounds.pooled(variant, figure), ratio.apply(variant, figure))));
        return new FigureRow(name, unit, cells);
    }
}
