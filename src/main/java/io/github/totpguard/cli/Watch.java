package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import java.time.Instant;
import java.util.function.Consumer;

/** Prints the current code repeatedly. */
final class Watch {

    /** Moves to the start of the line and clears the rest of it (ECMA-48). */
    private static final String REWRITE = "\r\u001b[K";

    private final ToolEnvironment environment;
    private final Key key;
    private final OtpParameters.TimeBased timed;

    Watch(ToolEnvironment environment, Key key, OtpParameters.TimeBased timed) {
        this.environment = environment;
        this.key = key;
        this.timed = timed;
    }

    /** Rewrites one line every second until the user interrupts it. */
    void countDown() {
        boolean more = true;
        while (more) {
            Instant now = environment.clock().instant();
            CurrentCode current = CurrentCode.at(key, now);
            environment
                    .out()
                    .print(REWRITE + current.code() + "  "
                            + current.secondsLeft().orElseThrow() + " s");
            environment.out().flush();
            more = environment.pause().until(Instant.ofEpochSecond(now.getEpochSecond() + 1));
        }
        environment.out().println();
    }

    /** Prints each new code until the user interrupts it or the reader closes the output. */
    void oneByOne(Consumer<CurrentCode> print) {
        boolean more = true;
        while (more) {
            CurrentCode current = CurrentCode.at(key, environment.clock().instant());
            print.accept(current);
            environment.out().flush();
            more = !environment.out().checkError()
                    && environment.pause().until(Instant.ofEpochSecond(timed.startOf(current.factor() + 1)));
        }
    }
}
