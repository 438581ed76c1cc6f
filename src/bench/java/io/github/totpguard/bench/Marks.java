package io.github.totpguard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How the load tells its starter, by a line on standard output, that a phase begins or ends, and waits for a line on standard
 * input, so that the starter reads its meters while nothing runs.
 */
public final class Marks {

    /** Begins a line that is a mark. */
    public static final String SIGN = "@@ ";

    private Marks() {}

    /** The mark at the end of a phase; at its beginning it is just the name. */
    public static String endOf(String phase) {
        return "end of " + phase;
    }

    static void reached(String name) {
        System.out.println(SIGN + name);
        System.out.flush();
        try {
            int read = System.in.read();
            while (read != '\n') {
                if (read < 0) {
                    throw new IllegalStateException("nobody is listening");
                }
                read = System.in.read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
