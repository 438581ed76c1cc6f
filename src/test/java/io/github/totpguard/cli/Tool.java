package io.github.totpguard.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine;

/** Runs the tool in this process, in an environment that the test controls. */
final class Tool {

    private String input = "";
    private Optional<ToolEnvironment.Prompt> prompt = Optional.empty();
    private Instant now = Instant.ofEpochSecond(59);
    private int pauses;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<CommandLine> tool = Optional.empty();
    private InputStream unread = InputStream.nullInputStream();

    /** The result of a run. */
    record Result(int exitCode, String out, String err) {}

    Tool input(String text) {
        input = text;
        return this;
    }

    Tool prompt(ToolEnvironment.Prompt answer) {
        prompt = Optional.of(answer);
        return this;
    }

    Tool at(long epochSecond) {
        now = Instant.ofEpochSecond(epochSecond);
        return this;
    }

    /** The user interrupts the tool after it has waited this many times. The waiting itself takes no time. */
    Tool interruptedAfter(int moments) {
        pauses = moments;
        return this;
    }

    /** Runs the tool; the same instance again if it has run before. */
    Result run(String... arguments) {
        if (tool.isEmpty()) {
            tool = Optional.of(TotpGuardCli.commandLine(new ToolEnvironment(
                    new Input(),
                    new PrintWriter(out),
                    new PrintWriter(err),
                    prompt,
                    new MovedClock(),
                    this::moveTo,
                    new SecureRandom())));
        }
        unread = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int exitCode = tool.get().execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private boolean moveTo(Instant moment) {
        now = moment;
        return pauses-- > 0;
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            return unread.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return unread.read(buffer, offset, length);
        }
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
