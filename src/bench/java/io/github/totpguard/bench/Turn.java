package io.github.totpguard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What came out of a turn, or of all turns of a side together.
 *
 * @param use of what was measured; {@code NaN} where it could not be
 */
public record Turn(String name, double seconds, int errors, int waits, List<long[]> logins, Use use) {

    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final int HEAD_LINES = 4;

    /** CPU time in seconds. */
    public record Use(double serverCpu, double postgresCpu, double statements, double commits) {

        private Use plus(Use other) {
            return new Use(
                    serverCpu + other.serverCpu,
                    postgresCpu + other.postgresCpu,
                    statements + other.statements,
                    commits + other.commits);
        }
    }

    /** Reads what the load has written about the phase of this name. */
    public static Turn read(Path directory, String name, Use use) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(name + ".csv"));
            List<long[]> logins = lines.stream()
                    .skip(HEAD_LINES)
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToLong(Long::parseLong)
                            .toArray())
                    .toList();
            return new Turn(
                    name,
                    number(lines.get(0)) / MICROS_PER_SECOND,
                    number(lines.get(1)),
                    number(lines.get(2)),
                    logins,
                    use);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.indexOf(',') + 1));
    }

    static Turn pooled(String name, List<Turn> turns) {
        return new Turn(
                name,
                turns.stream().mapToDouble(Turn::seconds).sum(),
                turns.stream().mapToInt(Turn::errors).sum(),
                turns.stream().mapToInt(Turn::waits).sum(),
                turns.stream().flatMap(turn -> turn.logins.stream()).toList(),
                turns.stream().map(Turn::use).reduce(new Use(0, 0, 0, 0), Use::plus));
    }

    double loginsPerSecond() {
        return logins.size() / seconds;
    }

    /** In milliseconds; the smallest time that so large a part of the requests did not exceed. */
    double percentile(String request, double part) {
        int index = Phase.REQUESTS.indexOf(request);
        long[] sorted =
                logins.stream().mapToLong(login -> login[index]).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / MICROS_PER_MILLI;
    }

    double serverCpuMillis() {
        return use.serverCpu * 1000 / logins.size();
    }

    double postgresCpuMillis() {
        return use.postgresCpu * 1000 / logins.size();
    }

    double statementsPerLogin() {
        return use.statements / logins.size();
    }

    double commitsPerLogin() {
        return use.commits / logins.size();
    }
}
