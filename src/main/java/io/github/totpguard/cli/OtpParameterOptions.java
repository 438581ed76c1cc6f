package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The options for the parameters of a bare secret. */
final class OtpParameterOptions {

    enum Kind {
        TOTP,
        HOTP,
        STEAM
    }

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "The type of code: ${COMPLETION-CANDIDATES}. Default: TOTP.")
    private Optional<Kind> kind = Optional.empty();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "The HMAC: ${COMPLETION-CANDIDATES}. Default: SHA1.")
    private Optional<OtpAlgorithm> algorithm = Optional.empty();

    @Option(names = "--digits", paramLabel = "N", description = "Length of a code, 1 to 10. Default: 6.")
    private Optional<Integer> digits = Optional.empty();

    @Option(names = "--period", paramLabel = "S", description = "Seconds of a time step, 1 to 86400. Default: 30.")
    private Optional<Integer> period = Optional.empty();

    @Option(
            names = "--counter",
            paramLabel = "N",
            description = "HOTP: the counter, 0 or greater; replaces the one in a URI.")
    private Optional<Long> counter = Optional.empty();

    /** The algorithm for a new secret. */
    OtpAlgorithm algorithm() {
        return algorithm.orElse(OtpAlgorithm.SHA1);
    }

    /** Combines a bare secret with the options. */
    Key of(OtpSecret secret) {
        OtpParameters parameters = parameters();
        Key key = new Key(Optional.empty(), secret, parameters, OptionalLong.empty());
        return counted(key);
    }

    /** Combines the options with a key that has its own parameters. Only the counter can be replaced. */
    Key over(Key key) {
        if (kind.isPresent() || algorithm.isPresent() || digits.isPresent() || period.isPresent()) {
            throw ToolFailure.usage("The URI contains type, algorithm, digits and period: leave out these options.");
        }
        return counted(key);
    }

    private Key counted(Key key) {
        if (counter.isEmpty()) {
            return key;
        }
        if (!(key.parameters() instanceof OtpParameters.Hotp)) {
            throw ToolFailure.usage("Only counter-based codes (HOTP) have a counter.");
        }
        if (counter.get() < 0) {
            throw ToolFailure.usage("The counter must be 0 or greater.");
        }
        return key.withCounter(counter.get());
    }

    private OtpParameters parameters() {
        try {
            return switch (kind.orElse(Kind.TOTP)) {
                case TOTP -> new OtpParameters.Totp(algorithm(), digits.orElse(6), period.orElse(30));
                case HOTP -> hotp();
                case STEAM -> steam();
            };
        } catch (IllegalArgumentException e) {
            throw ToolFailure.usage("This can't be made: " + e.getMessage() + ".");
        }
    }

    private OtpParameters hotp() {
        if (period.isPresent()) {
            throw ToolFailure.usage("Counter-based codes (HOTP) have no period.");
        }
        return new OtpParameters.Hotp(algorithm(), digits.orElse(6));
    }

    private OtpParameters steam() {
        if (algorithm.isPresent() || digits.isPresent() || period.isPresent()) {
            throw ToolFailure.usage("Steam has only one algorithm, length and period: leave out these options.");
        }
        return new OtpParameters.Steam();
    }
}
