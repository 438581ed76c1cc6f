package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates a new secret. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = "Makes a new random secret and prints it in Base32.")
final class SecretCommand implements Runnable {

    /** RFC 4226 section 4, R6. */
    private static final int MIN_BITS = 128;

    private static final int MAX_BITS = 1024;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "The HMAC that the secret is for: ${COMPLETION-CANDIDATES}. Default: SHA1.")
    private OtpAlgorithm algorithm = OtpAlgorithm.SHA1;

    @Option(
            names = "--bits",
            paramLabel = "N",
            description = "The length of the secret, 128 to 1024, a multiple of 8. Default: the length of the"
                    + " HMAC's output, 160, 256 or 512.")
    private Optional<Integer> bits = Optional.empty();

    @Option(names = "--json", description = "Print JSON: secret, bits.")
    private boolean json;

    private final ToolEnvironment environment;

    SecretCommand(ToolEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        OtpSecret secret =
                bits.map(this::secretOf).orElseGet(() -> OtpSecret.generate(algorithm, environment.random()));
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("secret", secret.toBase32());
            object.put("bits", secret.bits());
            environment.out().println(Json.of(object));
        } else {
            environment.out().println(secret.toBase32());
        }
    }

    private OtpSecret secretOf(int length) {
        if (length < MIN_BITS || length > MAX_BITS || length % Byte.SIZE != 0) {
            throw ToolFailure.usage("--bits must be a multiple of 8 from " + MIN_BITS + " to " + MAX_BITS + ".");
        }
        byte[] bytes = new byte[length / Byte.SIZE];
        environment.random().nextBytes(bytes);
        return OtpSecret.ofBytes(bytes);
    }
}
