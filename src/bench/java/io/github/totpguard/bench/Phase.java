package io.github.totpguard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One stretch of load on one side: a warm-up or a turn. Its clients begin it together and end it by themselves. */
final class Phase {

    /** What clients do in a login, in order; the requests' names. */
    static final List<String> REQUESTS = List.of("page", "password", "otp");

    private final String name;
    private final Side side;
    private final int wantedLogins;
    private final Duration length;
    private final List<long[]> logins = new ArrayList<>();
    private int clients;
    private int left;
    private int begun;
    private int failed;
    private int waits;
    private long start;
    private long end;

    private Phase(String name, Side side, int wantedLogins, Duration length) {
        this.name = name;
        this.side = side;
        this.wantedLogins = wantedLogins;
        this.length = length;
    }

    static Phase lasting(String name, Side side, Duration length) {
        return new Phase(name, side, Integer.MAX_VALUE, length);
    }

    /** However long it takes. */
    static Phase ofLogins(String name, Side side, int logins) {
        return new Phase(name, side, logins, Duration.ofHours(1));
    }

    String name() {
        return name;
    }

    Side side() {
        return side;
    }

    /** The first client to come holds the others back until the mark is acknowledged. */
    synchronized void enter() {
        if (clients == 0) {
            Marks.reached(name);
            start = System.nanoTime();
        }
        clients++;
    }

    /** Of as many as there are; the last one sets the second mark. */
    synchronized void leave(int ofAll) {
        left++;
        if (left == ofAll) {
            end = System.nanoTime();
            Marks.reached(Marks.endOf(name));
        }
    }

    synchronized boolean goesOn() {
        return begun < wantedLogins && System.nanoTime() - start < length.toNanos();
    }

    synchronized Optional<BenchUser> next() {
        Optional<BenchUser> user = side.crowd().next();
        if (user.isPresent()) {
            begun++;
        } else {
            waits++;
        }
        return user;
    }

    synchronized void succeeded(long[] nanos) {
        logins.add(nanos);
    }

    synchronized void failed() {
        failed++;
    }

    /** A file with a line for each login: microseconds of each request; the first lines are about the whole. */
    synchronized void write(Path directory) {
        List<String> lines = new ArrayList<>();
        lines.add("micros," + TimeUnit.NANOSECONDS.toMicros(end - start));
        lines.add("failed," + failed);
        lines.add("waits," + waits);
        lines.add(String.join(",", REQUESTS));
        for (long[] login : logins) {
            StringBuilder line = new StringBuilder();
            for (long nanos : login) {
                line.append(line.isEmpty() ? "" : ",").append(TimeUnit.NANOSECONDS.toMicros(nanos));
            }
            lines.add(line.toString());
        }
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(name + ".csv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
