package io.github.totpguard.bench.run;

import io.github.totpguard.bench.DiskPause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the disk operation that a commit waits for: writing one page of PostgreSQL's write-ahead log, then
 * {@code fdatasync}. The pages are consecutive in a file of full size, as in the log.
 *
 * <p>Pauses matter: the disk and the host behind it respond faster if the next request comes sooner.
 */
final class DiskPauses {

    private static final List<Integer> PAUSE_MILLIS = List.of(0, 2, 10);
    private static final int PAGE = 8192;
    private static final int TIMES = 200;

    private DiskPauses() {}

    /** @param directory a directory on the disk to measure */
    static List<DiskPause> measure(Path directory, String when) {
        Path file = directory.resolve("fdatasync");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(PAGE * TIMES), 0);
            channel.force(true);
            List<DiskPause> pauses = PAUSE_MILLIS.stream()
                    .map(pause -> new DiskPause(when, pause, medianMillis(channel, pause)))
                    .toList();
            Files.delete(file);
            return pauses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double medianMillis(FileChannel channel, int pauseMillis) {
        long[] nanos = new long[TIMES];
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
        for (int i = 0; i < TIMES; i++) {
            if (pauseMillis > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
            nanos[i] = writeAndForce(channel, page, (long) i * PAGE);
        }
        Arrays.sort(nanos);
        return nanos[TIMES / 2] / 1e6;
    }

    private static long writeAndForce(FileChannel channel, ByteBuffer page, long position) {
        try {
            long start = System.nanoTime();
            channel.write(page.rewind(), position);
            channel.force(false);
            return System.nanoTime() - start;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
