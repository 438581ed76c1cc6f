package io.github.totpguard.bench;

import java.util.Map;

/** One figure of all variants. */
public record FigureRow(String name, String unit, Map<String, Cell> variants) {

    /**
     * @param value of all blocks of the variant together, in the row's unit
     * @param ratio to the mean of the twins
     */
    public record Cell(double value, Estimate ratio) {}
}
