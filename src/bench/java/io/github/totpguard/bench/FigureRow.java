package io.github.totpguard.bench;

import java.util.Map;

/** One figure for each variant. */
public record FigureRow(String name, String unit, Map<String, Cell> variants) {

    /**
     * @param value the figure of all blocks of the variant together, in the row's unit
     * @param ratio the ratio to the mean of the twins
     */
    public record Cell(double value, Estimate ratio) {}
}
