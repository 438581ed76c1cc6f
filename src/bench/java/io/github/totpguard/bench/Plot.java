package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * A plot of the growth: size on the x-axis, time on the y-axis from zero, a line for each variant, with standard
 * errors.
 */
public final class Plot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int BOTTOM = 310;
    private static final int TOP = 20;
    private static final int RIGHT = 500;
    private static final int TICKS = 5;
    private static final double HEADROOM = 1.1;
    /** These colours are also distinguishable for readers with red-green colour blindness. */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00");

    private final List<GrowthPoint> points;
    private final String sizes;
    private final DoubleUnaryOperator scale;
    private final double most;
    private final double first;
    private final double last;
    private final List<String> svg = new ArrayList<>();

    private Plot(List<GrowthPoint> points, String sizes, DoubleUnaryOperator scale) {
        this.points = points;
        this.sizes = sizes;
        this.scale = scale;
        this.most = HEADROOM
                * points.stream()
                        .mapToDouble(point -> point.millis().value())
                        .max()
                        .orElse(1);
        this.first = scale.applyAsDouble(
                points.stream().mapToLong(GrowthPoint::size).min().orElse(1));
        this.last = scale.applyAsDouble(
                points.stream().mapToLong(GrowthPoint::size).max().orElse(1));
    }

    /** @param sizes the label of the size axis */
    public static String linear(List<GrowthPoint> points, String sizes) {
        return new Plot(points, sizes, size -> size).svg();
    }

    /** The same with a logarithmic size axis, for sizes of different orders of magnitude. */
    public static String logarithmic(List<GrowthPoint> points, String sizes) {
        return new Plot(points, sizes, Math::log10).svg();
    }

    private String svg() {
        svg.add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.add("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        line(LEFT, BOTTOM, RIGHT, BOTTOM, "#000");
        line(LEFT, BOTTOM, LEFT, TOP, "#000");
        for (int i = 0; i <= TICKS; i++) {
            double millis = most * i / TICKS;
            text(LEFT - 6, y(millis) + 4, "end", String.format(Locale.ROOT, "%.1f", millis));
        }
        points.stream()
                .map(GrowthPoint::size)
                .distinct()
                .forEach(size -> text(x(size), BOTTOM + 18, "middle", String.format(Locale.ROOT, "%,d", size)));
        text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", sizes);
        text(LEFT, TOP - 6, "middle", "otp p50, ms");
        List<String> variants =
                points.stream().map(GrowthPoint::variant).distinct().toList();
        for (int i = 0; i < variants.size(); i++) {
            variant(variants.get(i), COLOURS.get(i % COLOURS.size()));
        }
        svg.add("</svg>");
        return String.join("\n", svg) + "\n";
    }

    private void variant(String name, String colour) {
        List<GrowthPoint> own =
                points.stream().filter(point -> point.variant().equals(name)).toList();
        svg.add(own.stream()
                .map(point ->
                        number(x(point.size())) + "," + number(y(point.millis().value())))
                .collect(Collectors.joining(
                        " ",
                        "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\" points=\"",
                        "\"/>")));
        for (GrowthPoint point : own) {
            double millis = point.millis().value();
            double error =
                    Double.isNaN(point.millis().error()) ? 0 : point.millis().error();
            line(x(point.size()), y(millis - error), x(point.size()), y(millis + error), colour);
        }
        GrowthPoint end = own.get(own.size() - 1);
        text(RIGHT + 10, y(end.millis().value()) + 4, "start", name);
    }

    private double x(double size) {
        return last == first
                ? (LEFT + RIGHT) / 2.0
                : LEFT + (RIGHT - LEFT) * (scale.applyAsDouble(size) - first) / (last - first);
    }

    private double y(double millis) {
        return BOTTOM - (BOTTOM - TOP) * millis / most;
    }

    private void line(double x1, double y1, double x2, double y2, String colour) {
        svg.add("<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2)
                + "\" stroke=\"" + colour + "\"/>");
    }

    private void text(double x, double y, String anchor, String text) {
        svg.add("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" + text
                + "</text>");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
