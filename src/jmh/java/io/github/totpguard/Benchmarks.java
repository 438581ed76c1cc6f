package io.github.totpguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks that {@code -Djmh.args} names, or all if it names none. They measure the nanoseconds and
 * allocated bytes of each operation. The results are stored as JSON.
 */
public final class Benchmarks {
    private static final TimeValue ONE_SECOND = TimeValue.seconds(1);

    private Benchmarks() {}

    public static void main(String[] args) throws CommandLineOptionException, IOException, RunnerException {
        Path result = Path.of(System.getProperty("jmh.result"));
        Files.createDirectories(result.getParent());
        CommandLineOptions chosen = new CommandLineOptions(
                Stream.of(System.getProperty("jmh.args", "").split("\\s+"))
                        .filter(arg -> !arg.isEmpty())
                        .toArray(String[]::new));
        new Runner(new OptionsBuilder()
                        .parent(chosen)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        // With this number, all benchmarks together take about ten minutes.
                        .forks(chosen.getForkCount().orElse(2))
                        .warmupIterations(chosen.getWarmupIterations().orElse(4))
                        .warmupTime(chosen.getWarmupTime().orElse(ONE_SECOND))
                        .measurementIterations(chosen.getMeasurementIterations().orElse(5))
                        .measurementTime(chosen.getMeasurementTime().orElse(ONE_SECOND))
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(result.toString())
                        .build())
                .run();
    }
}
