package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A result as Markdown. */
public final class Report {

    private final Result result;
    private final List<String> lines = new ArrayList<>();

    private Report(Result result) {
        this.result = result;
    }

    public static String of(Result result) {
        Report report = new Report(result);
        report.verdict();
        report.figures();
        report.disk();
        report.allocated();
        report.counted();
        return String.join("\n", report.lines) + "\n";
    }

    private void verdict() {
        lines.add(result.settings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", ")));
        lines.add("");
        if (!result.objections().isEmpty()) {
            lines.add("**This run is void**: " + String.join("; ", result.objections()) + ".");
            lines.add("");
        }
    }

    private void figures() {
        List<String> variants = List.copyOf(result.figures().get(0).variants().keySet());
        lines.add("| ratio to the twins' mean | " + String.join(" | ", variants) + " | twins' figure |");
        lines.add("|---".repeat(variants.size() + 2) + "|");
        for (FigureRow row : result.figures()) {
            String ratios = row.variants().values().stream()
                    .map(cell -> cell.ratio().toString())
                    .collect(Collectors.joining(" | "));
            double ofTwins = row.variants().values().stream()
                    .limit(2)
                    .mapToDouble(FigureRow.Cell::value)
                    .average()
                    .orElse(Double.NaN);
            lines.add(String.format(Locale.ROOT, "| %s | %s | %.2f %s |", row.name(), ratios, ofTwins, row.unit()));
        }
        lines.add("");
    }

    private void disk() {
        lines.add("| `fdatasync` after a pause of | before the run | after it |");
        lines.add("|---|---|---|");
        result.disk().stream()
                .map(DiskPause::pauseMillis)
                .distinct()
                .forEach(pause -> lines.add(result.disk().stream()
                        .filter(one -> one.pauseMillis() == pause)
                        .map(one -> String.format(Locale.ROOT, " %.2f ms |", one.medianMillis()))
                        .collect(Collectors.joining("", "| " + pause + " ms |", ""))));
        lines.add("");
    }

    private void allocated() {
        if (!result.allocated().isEmpty()) {
            lines.add("| | " + join(result.allocated().stream().map(Allocated::variant)));
            lines.add("|---".repeat(result.allocated().size() + 1) + "|");
            lines.add("| kB allocated for a code | "
                    + join(result.allocated().stream()
                            .map(one -> String.format(
                                    Locale.ROOT,
                                    "%.0f ± %.0f",
                                    one.kilobytes().value(),
                                    one.kilobytes().error()))));
            lines.add("");
        }
    }

    private void counted() {
        if (!result.counted().isEmpty()) {
            List<String> variants = result.counted().stream()
                    .map(CountedStep::variant)
                    .distinct()
                    .toList();
            lines.add("| statements, commits, cache operations | " + join(variants.stream()));
            lines.add("|---".repeat(variants.size() + 1) + "|");
            result.counted().stream()
                    .map(CountedStep::request)
                    .distinct()
                    .forEach(request -> lines.add(
                            "| " + request + " | " + join(variants.stream().map(variant -> counts(variant, request)))));
        }
    }

    private static String join(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "", " |"));
    }

    private String counts(String variant, String request) {
        return Stream.<ToLongFunction<CountedStep>>of(
                        CountedStep::statements, CountedStep::commits, CountedStep::cacheOperations)
                .map(number -> range(variant, request, number))
                .collect(Collectors.joining(", "));
    }

    private String range(String variant, String request, ToLongFunction<CountedStep> number) {
        long[] sorted = result.counted().stream()
                .filter(step -> step.variant().equals(variant) && step.request().equals(request))
                .mapToLong(number)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return "-";
        }
        long least = sorted[0];
        long most = sorted[sorted.length - 1];
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
