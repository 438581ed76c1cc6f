package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two results beside each other, as Markdown: the figures and variants that both of them have. */
public final class Comparison {

    private Comparison() {}

    /** The difference's error is that of two runs that do not depend on each other. */
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
