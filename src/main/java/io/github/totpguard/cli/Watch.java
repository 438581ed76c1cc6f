package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import java.time.Instant;
import java.util.function.Consumer;

/** The current code, again and again. */
final class Watch {

    /** To the start of the line, and clear the rest of it (ECMA-48). */
    private static final String REWRITE = "\r\u001b[K";

    private final ToolEnvironment surroundings;
    private final Key key;
    private final OtpParameters.TimeBased timed;

    Watch(ToolEnvironment surroundings, Key key, OtpParameters.TimeBased timed) {
        this.surroundings = surroundings;
        this.key = key;
        this.timed = timed;
    }

    /** One line, written anew every second until the user interrupts it. */
    void countDown() {
        boolean more = true;
        while (more) {
            Instant now = surroundings.clock().instant();
            CurrentCode current = CurrentCode.at(key, now);
            surroundings
                    .out()
                    .print(REWRITE + current.code() + "  "
                            + current.secondsLeft().orElseThrow() + " s");
            surroundings.out().flush();
            more = surroundings.pause().until(Instant.ofEpochSecond(now.getEpochSecond() + 1));
        }
        surroundings.out().println();
    }

    /** Each code as it comes, until the user interrupts it or nobody reads on. */
    void oneByOne(Consumer<CurrentCode> print) {
        boolean more = true;
        while (more) {
            CurrentCode current = CurrentCode.at(key, surroundings.clock().instant());
            print.accept(current);
            surroundings.out().flush();
            more = !surroundings.out().checkError()
                    && surroundings.pause().until(Instant.ofEpochSecond(timed.startOf(current.factor() + 1)));
        }
    }
}
