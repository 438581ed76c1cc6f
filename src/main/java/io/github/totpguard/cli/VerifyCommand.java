package io.github.totpguard.cli;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Checks whether a code belongs to a key. It shows how far off the code is. A login must never show this, but here the
 * user already has the key.
 */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Says whether a code is correct, and by how many steps it is off: -1 is the code of the time"
                + " step before, +1 of the next. Exits with 1 if it is wrong. Nothing is remembered: the same code is"
                + " correct again.")
final class VerifyCommand implements Callable<Integer> {

    private static final int MAX_WINDOW = 10_000;

    @Parameters(paramLabel = "CODE", description = "The code. Spaces and dashes don't matter.")
    private String code;

    @Mixin
    private KeyOptions key;

    @Option(
            names = "--window",
            paramLabel = "N",
            description =
                    "Time steps accepted before and after, or counters ahead, 0 to " + MAX_WINDOW + ". Default: 1.")
    private int window = 1;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Use this time instead of now: seconds since 1970, or a time such as 2026-11-22T08:30:00Z.")
    private Optional<Instant> time = Optional.empty();

    @Option(names = "--json", description = "Print JSON: valid, offset, offsetSeconds, counter.")
    private boolean json;

    private final ToolEnvironment environment;

    VerifyCommand(ToolEnvironment environment) {
        this.environment = environment;
        this.key = new KeyOptions(environment);
    }

    @Override
    public Integer call() {
        if (window < 0 || window > MAX_WINDOW) {
            throw ToolFailure.usage("--window must be 0 to " + MAX_WINDOW + ".");
        }
        Key known = key.read();
        CurrentCode current = CurrentCode.at(known, time.orElseGet(environment.clock()::instant));
        OptionalLong offset = offset(current);
        environment.out().println(json ? asJson(current, offset) : inWords(known, offset));
        return offset.isPresent() ? ExitCode.DONE : ExitCode.NO;
    }

    /** The offset of the nearest step with this code from the current one. If two are equally near, the earlier one. */
    private OptionalLong offset(CurrentCode current) {
        byte[] entered = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        boolean timeBased = current.key().parameters() instanceof OtpParameters.TimeBased;
        OptionalLong nearest = OptionalLong.empty();
        // From far to near, and every step even after a match.
        for (long distance = window; distance >= 0; distance--) {
            nearest = matches(current, distance, entered) ? OptionalLong.of(distance) : nearest;
            if (timeBased) {
                nearest = matches(current, -distance, entered) ? OptionalLong.of(-distance) : nearest;
            }
        }
        return nearest;
    }

    private static boolean matches(CurrentCode current, long offset, byte[] entered) {
        long factor = current.factor() + offset;
        String expected =
                CodeGenerator.code(current.key().secret(), current.key().parameters(), factor);
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), entered) && factor >= 0;
    }

    private static String inWords(Key key, OptionalLong offset) {
        if (offset.isEmpty()) {
            return "wrong";
        }
        long steps = offset.getAsLong();
        String signed = (steps > 0 ? "+" : "") + steps;
        if (key.parameters() instanceof OtpParameters.TimeBased timed) {
            return "right, offset " + signed + " (" + (steps > 0 ? "+" : "") + steps * timed.periodSeconds() + " s)";
        }
        return "right, offset " + signed + " (counter " + (key.requireCounter() + steps) + ")";
    }

    private static String asJson(CurrentCode current, OptionalLong offset) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("valid", offset.isPresent());
        object.put("offset", offset);
        if (current.key().parameters() instanceof OtpParameters.TimeBased timed) {
            object.put(
                    "offsetSeconds",
                    offset.isPresent() ? OptionalLong.of(offset.getAsLong() * timed.periodSeconds()) : offset);
        } else {
            object.put("counter", offset.isPresent() ? OptionalLong.of(current.factor() + offset.getAsLong()) : offset);
        }
        return Json.of(object);
    }
}
