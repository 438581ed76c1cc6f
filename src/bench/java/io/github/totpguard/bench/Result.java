package io.github.totpguard.bench;

import java.util.List;
import java.util.Map;

/**
 * All of a run that its report is made of.
 *
 * @param settings what was measured, on what
 * @param objections why it must not be used; empty where it may
 */
public record Result(
        Map<String, String> settings,
        List<String> objections,
        List<FigureRow> figures,
        List<DiskPause> disk,
        List<Allocated> allocated,
        List<CountedStep> counted) {}
