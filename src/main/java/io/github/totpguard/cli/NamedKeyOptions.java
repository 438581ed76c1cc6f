package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for a key with the names that an app shows. */
final class NamedKeyOptions {

    @Option(names = "--issuer", paramLabel = "NAME", description = "The service that the account belongs to.")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "The name of the account. Required unless the key is a URI, which contains it.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--generate", description = "Make a new secret instead of reading one.")
    private boolean generate;

    @Mixin
    private KeyOptions key;

    private final ToolEnvironment environment;

    NamedKeyOptions(ToolEnvironment environment) {
        this.environment = environment;
        this.key = new KeyOptions(environment);
    }

    /** The URI of the key with these names. */
    OtpAuthUri read() {
        Key named = generate ? generated() : key.read();
        try {
            return new OtpAuthUri(
                    issuer.or(() -> named.names().flatMap(OtpAuthUri::issuer)),
                    account.or(() -> named.names().map(OtpAuthUri::account))
                            .orElseThrow(() -> ToolFailure.usage("A bare secret needs --account.")),
                    named.secret(),
                    named.parameters(),
                    counter(named));
        } catch (InvalidOtpAuthUriException e) {
            throw ToolFailure.usage("This URI can't be made. " + e.getMessage() + ".");
        }
    }

    private Key generated() {
        if (key.isNamed()) {
            throw ToolFailure.usage("--generate makes a new key: leave out other keys.");
        }
        OtpParameterOptions kind = key.kind();
        return kind.of(OtpSecret.generate(kind.algorithm(), environment.random()));
    }

    private static OptionalLong counter(Key key) {
        return key.parameters() instanceof OtpParameters.Hotp
                ? OptionalLong.of(key.requireCounter())
                : OptionalLong.empty();
    }
}
