package io.github.totpguard.bench;

import java.util.List;
import java.util.Map;

/** All results of a run of the growth measurement. */
public record GrowthResult(
        Map<String, String> settings,
        List<String> objections,
        List<GrowthPoint> rows,
        List<GrowthPoint> devices,
        List<StartCost> starts) {}
