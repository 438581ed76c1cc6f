package io.github.totpguard.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The tool in this process, with surroundings of the test's own. */
final class Tool {

    private String input = "";
    private Optional<Surroundings.Prompt> prompt = Optional.empty();
    private Instant now = Instant.ofEpochSecond(59);
    private int pauses;

    /** What a run left behind. */
    record Result(int exitCode, String out, String err) {}

    Tool input(String text) {
        input = text;
        return this;
    }

    Tool prompt(Surroundings.Prompt answer) {
        prompt = Optional.of(answer);
        return this;
    }

    Tool at(long epochSecond) {
        now = Instant.ofEpochSecond(epochSecond);
        return this;
    }

    /** So often the tool waits for a moment, which is there at once; then its user interrupts it. */
    Tool interruptedAfter(int moments) {
        pauses = moments;
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                prompt,
                new MovedClock(),
                this::moveTo,
                new SecureRandom());
        int exitCode = TotpGuardCli.commandLine(surroundings).execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private boolean moveTo(Instant moment) {
        now = moment;
        return pauses-- > 0;
    }

    private final class MovedClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
