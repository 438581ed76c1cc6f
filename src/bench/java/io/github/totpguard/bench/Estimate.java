package io.github.totpguard.bench;

import java.util.Locale;

/** A figure and its standard error. The error is NaN if there is none. */
public record Estimate(double value, double error) {

    static final Estimate NONE = new Estimate(Double.NaN, Double.NaN);

    /** The mean of independent values. */
    public static Estimate mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Estimate(mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }

    @Override
    public String toString() {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Double.isNaN(error) ? "%.3f" : "%.3f ± %.3f", value, error);
    }
}
