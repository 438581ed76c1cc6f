package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.AccountReading;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.OtpAuthReader;
import io.github.totpguard.core.uri.ReadingNote;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the key comes from and what type it has. */
final class KeyOptions {

    private static final String SCHEME = "otpauth";
    private static final String MIGRATION = "otpauth-migration:";

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description =
                    "Read the URI from a picture of a QR code (PNG, JPEG, GIF, BMP, WebP) instead of standard input.")
    private Optional<Path> image = Optional.empty();

    @Option(
            names = "--insecure-secret-argument",
            paramLabel = "KEY",
            description = "The key as an argument, visible to everyone on this machine. For tests with keys that"
                    + " protect nothing.")
    private Optional<String> argument = Optional.empty();

    @Mixin
    private OtpParameterOptions kind = new OtpParameterOptions();

    private final ToolEnvironment environment;

    KeyOptions(ToolEnvironment environment) {
        this.environment = environment;
    }

    OtpParameterOptions kind() {
        return kind;
    }

    /** Whether the command line says where the key comes from. */
    boolean isNamed() {
        return image.isPresent() || argument.isPresent();
    }

    /**
     * The key from the command line, from standard input or from the prompt.
     *
     * @throws ToolFailure if there is no key
     */
    Key read() {
        if (image.isPresent() && argument.isPresent()) {
            throw ToolFailure.usage("Choose --image or --insecure-secret-argument, not both.");
        }
        String text = image.map(QrPicture::textIn).or(() -> argument).orElseGet(() -> new HiddenInput(environment)
                .read("Secret or otpauth URI: "));
        return text.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? ofUri(text) : ofSecret(text);
    }

    private Key ofUri(String text) {
        if (text.strip().regionMatches(true, 0, MIGRATION, 0, MIGRATION.length())) {
            throw ToolFailure.unreadable(
                    "This is the export of an app, which can hold several accounts: see 'import'.");
        }
        try {
            AccountReading read = OtpAuthReader.read(text);
            // Standard output is reserved for the result.
            read.notes().stream()
                    // This note is about the service's choice of secret, not about how the URI was read.
                    .filter(note -> note != ReadingNote.WEAK_SECRET)
                    .forEach(note -> environment.err().println(TotpGuardCli.NAME + ": note: " + words(note)));
            return kind.over(Key.of(read.account()));
        } catch (InvalidOtpAuthUriException e) {
            throw ToolFailure.unreadable("The URI can't be read. " + e.getMessage() + ".");
        }
    }

    private static String words(ReadingNote note) {
        return note.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Key ofSecret(String text) {
        OtpSecret secret;
        try {
            secret = OtpSecret.ofBase32(text);
        } catch (IllegalArgumentException e) {
            throw ToolFailure.unreadable("The secret can't be read. " + e.getMessage() + ".");
        }
        return kind.of(secret);
    }
}
