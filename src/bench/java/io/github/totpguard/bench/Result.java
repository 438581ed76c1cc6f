package io.github.totpguard.bench;

import java.util.List;
import java.util.Map;

/**
 * All results of a run that its report shows.
 *
 * @param settings what was measured, and on which system
 * @param objections why the run must not be used; empty if it may be used
 */
public record Result(
        Map<String, String> settings,
        List<String> objections,
        List<FigureRow> figures,
        List<DiskPause> disk,
        List<Allocated> allocated,
        List<CountedStep> counted) {}
