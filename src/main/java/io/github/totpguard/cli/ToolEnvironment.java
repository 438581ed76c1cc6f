package io.github.totpguard.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What the machine gives the tool; a test gives its own.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param prompt asks somebody at a terminal; empty where nobody is there to be asked
 * @param clock the one clock of the tool
 * @param pause waits for a moment of that clock
 * @param random for new secrets
 */
record ToolEnvironment(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Optional<Prompt> prompt,
        Clock clock,
        Pause pause,
        SecureRandom random) {

    /** A question whose answer is not shown. */
    interface Prompt {
        /** The answer, or {@code null} at the end of the input. */
        char[] ask(String question);
    }

    /** Waiting, as far as the user lets it. */
    interface Pause {
        /** Returns true at the moment, or false if the tool is to end. */
        boolean until(Instant moment);
    }
}
