package io.github.totpguard.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What the tool needs from the operating system. Tests supply their own.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param prompt asks the user at a terminal; empty if there is no terminal
 * @param clock the only clock of the tool
 * @param pause waits for a time of that clock
 * @param random the random source of new secrets
 */
record ToolEnvironment(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Optional<Prompt> prompt,
        Clock clock,
        Pause pause,
        SecureRandom random) {

    /** Asks a question and does not show the answer. */
    interface Prompt {
        /** The answer, or {@code null} at the end of the input. */
        char[] ask(String question);
    }

    /** Waits until the user interrupts the tool. */
    interface Pause {
        /** Returns true at the given time, or false if the tool must end. */
        boolean until(Instant moment);
    }
}
