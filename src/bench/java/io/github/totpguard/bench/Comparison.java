package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares two results, as Markdown: the figures and variants that both results contain. */
public final class Comparison {

    private Comparison() {}

    /** Compares two runs. The error of a difference assumes that the runs are independent. */
    public static String of(Result baseline, Result now) {
        List<String> lines = new ArrayList<>();
        lines.add("| against the baseline | variant | then | now | difference |");
        lines.add("|---|---|---|---|---|");
        for (FigureRow row : now.figures()) {
            for (FigureRow before : baseline.figures()) {
                if (before.name().equals(row.name())) {
                    compare(before, row, lines);
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static void compare(FigureRow before, FigureRow row, List<String> lines) {
        row.variants().forEach((variant, cell) -> {
            FigureRow.Cell then = before.variants().get(variant);
            if (then != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %+.3f ± %.3f |",
                        row.name(),
                        variant,
                        then.ratio(),
                        cell.ratio(),
                        cell.ratio().value() - then.ratio().value(),
                        Math.hypot(cell.ratio().error(), then.ratio().error())));
            }
        });
    }
}
