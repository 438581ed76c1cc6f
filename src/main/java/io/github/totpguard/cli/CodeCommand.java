package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the code of a key. */
@Command(
        name = "code",
        mixinStandardHelpOptions = true,
        description = "Prints the code of a key: now, at another time, or of a counter.")
final class CodeCommand implements Runnable {

    @Mixin
    private KeyOptions key;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Use this time instead of now: seconds since 1970, or a time such as 2026-11-22T08:30:00Z.")
    private Optional<Instant> time = Optional.empty();

    @Option(names = "--next", description = "Also print the next code, on a second line.")
    private boolean next;

    @Option(
            names = "--watch",
            description = "Keep running until interrupted, with a countdown; with --json, print a line for each new"
                    + " code.")
    private boolean watch;

    @Option(
            names = "--json",
            description = "Print JSON: token, timeRemaining, nextToken, type, digits, period, counter, generatedAt.")
    private boolean json;

    private final ToolEnvironment environment;

    CodeCommand(ToolEnvironment environment) {
        this.environment = environment;
        this.key = new KeyOptions(environment);
    }

    @Override
    public void run() {
        if (watch && time.isPresent()) {
            throw ToolFailure.usage("--watch shows the current code: leave out --time.");
        }
        Key known = key.read();
        if (!watch) {
            print(CurrentCode.at(known, time.orElseGet(environment.clock()::instant)));
        } else if (known.parameters() instanceof OtpParameters.TimeBased timed) {
            watch(new Watch(environment, known, timed));
        } else {
            throw ToolFailure.usage("Counter-based codes (HOTP) don't change with time: leave out --watch.");
        }
    }

    private void watch(Watch codes) {
        if (json) {
            codes.oneByOne(this::print);
        } else {
            codes.countDown();
        }
    }

    private void print(CurrentCode current) {
        environment.out().println(json ? current.json() : current.code());
        if (next && !json) {
            environment.out().println(current.next());
        }
    }
}
