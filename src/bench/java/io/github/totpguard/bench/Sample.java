package io.github.totpguard.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** The blocks of one variant as one sample. */
record Sample(List<Block> blocks) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** The percentile of a request, in milliseconds. */
    double percentile(int request, double part) {
        return Percentile.of(
                        part,
                        each(visit -> visit[request])
                                .filter(nanos -> nanos != Block.NOT_SENT)
                                .toArray())
                / NANOS_PER_MILLI;
    }

    /** The percentile of whole visits, in milliseconds. */
    double percentileOfVisits(double part) {
        return Percentile.of(part, each(Sample::whole).toArray()) / NANOS_PER_MILLI;
    }

    double serverCpuMillis() {
        return blocks.stream().mapToDouble(Block::serverCpu).sum() * MILLIS_PER_SECOND / count();
    }

    double postgresCpuMillis() {
        return blocks.stream().mapToDouble(Block::postgresCpu).sum() * MILLIS_PER_SECOND / count();
    }

    double visitsPerSecond() {
        return count() / blocks.stream().mapToDouble(Block::seconds).sum();
    }

    private long count() {
        return blocks.stream().mapToLong(block -> block.visits().size()).sum();
    }

    private LongStream each(ToLongFunction<long[]> number) {
        return blocks.stream().flatMap(block -> block.visits().stream()).mapToLong(number);
    }

    private static long whole(long[] visit) {
        return Arrays.stream(visit).filter(nanos -> nanos != Block.NOT_SENT).sum();
    }
}
