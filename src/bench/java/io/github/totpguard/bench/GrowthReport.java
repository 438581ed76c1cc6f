package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The growth measurement as Markdown. */
public final class GrowthReport {

    private GrowthReport() {}

    public static String of(GrowthResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.settings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", ")));
        lines.add("");
        if (!result.objections().isEmpty()) {
            lines.add("**This run is void**: " + String.join("; ", result.objections()) + ".");
            lines.add("");
        }
        table("rows", result.rows(), lines);
        table("devices of each user", result.devices(), lines);
        lines.add("| server | start, s | resident memory, MB |");
        lines.add("|---|---|---|");
        result.starts()
                .forEach(start -> lines.add(
                        "| " + start.server() + " | " + start.seconds() + " | " + start.residentMegabytes() + " |"));
        return String.join("\n", lines) + "\n";
    }

    private static void table(String size, List<GrowthPoint> points, List<String> lines) {
        if (points.isEmpty()) {
            return;
        }
        List<String> variants =
                points.stream().map(GrowthPoint::variant).distinct().toList();
        lines.add("| " + size + " | "
                + variants.stream().map(variant -> variant + ", otp p50, ms").collect(Collectors.joining(" | "))
                + " |");
        lines.add("|---".repeat(variants.size() + 1) + "|");
        points.stream()
                .map(GrowthPoint::size)
                .distinct()
                .forEach(one -> lines.add(points.stream()
                        .filter(point -> point.size() == one)
                        .map(point -> " " + point.millis() + " |")
                        .collect(Collectors.joining("", "| " + one + " |", ""))));
        lines.add("");
    }
}
