package io.github.totpguard.core.transfer;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The accounts that src/test/resources/transfer/make.py has written into every file there. */
final class Fixtures {

    static final Optional<char[]> NO_PASSWORD = Optional.empty();

    static final List<OtpAuthUri> ACCOUNTS = List.of(
            totp("Post & Telegraph", "ada@example.org", secret("1", 20), OtpAlgorithm.SHA1, 6, 30),
            totp("Harbour", "grace", secret("2", 32), OtpAlgorithm.SHA256, 7, 20),
            totp("Z\u00fcrich\u2009\u2708", "\u05d0\u05d3\u05d4", secret("3", 64), OtpAlgorithm.SHA512, 8, 50),
            hotp("Lighthouse", "ada", secret("4", 20), OtpAlgorithm.SHA1, 6, 1),
            hotp("North Pier", "grace", secret("5", 32), OtpAlgorithm.SHA256, 7, 50),
            hotp("Ferry", "ada", secret("6", 64), OtpAlgorithm.SHA512, 8, 10300),
            steam("Kettle", "mary", secret("7", 20)));

    private Fixtures() {}

    static Optional<char[]> password() {
        return Optional.of("test".toCharArray());
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static Import read(String name) throws UnreadableImportException {
        return ImportReader.read(List.of(ImportReader.contentOf(bytes(name))), password());
    }

    static byte[] bytes(String name) {
        try (InputStream file = Fixtures.class.getResourceAsStream("/transfer/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImportBound bound(KdfBound kdf) {
        return new ImportBound(ImportBound.SERVER.characters(), kdf);
    }

    static List<OtpAuthUri> accepted(Import read) {
        return read.items().stream()
                .filter(ImportItem.Accepted.class::isInstance)
                .map(item -> ((ImportItem.Accepted) item).account())
                .toList();
    }

    static List<ImportItem.Refused> refused(Import read) {
        return read.items().stream()
                .filter(ImportItem.Refused.class::isInstance)
                .map(ImportItem.Refused.class::cast)
                .toList();
    }

    /** The item of a text with one line. */
    static ImportItem item(String line) throws UnreadableImportException {
        List<ImportItem> items = ImportReader.read(List.of(line), NO_PASSWORD).items();
        if (items.size() != 1) {
            throw new AssertionError(items.size() + " items");
        }
        return items.get(0);
    }

    static OtpSecret secret(String name, int length) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(name.getBytes(StandardCharsets.UTF_8));
            return OtpSecret.ofBytes(Arrays.copyOf(hash, length));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OtpAuthUri totp(
            String issuer, String account, OtpSecret secret, OtpAlgorithm algorithm, int digits, int period) {
        return OtpAuthUri.totp(issuer, account, secret, new OtpParameters.Totp(algorithm, digits, period));
    }

    private static OtpAuthUri hotp(
            String issuer, String account, OtpSecret secret, OtpAlgorithm algorithm, int digits, long counter) {
        return OtpAuthUri.hotp(issuer, account, secret, new OtpParameters.Hotp(algorithm, digits), counter);
    }

    private static OtpAuthUri steam(String issuer, String account, OtpSecret secret) {
        return new OtpAuthUri(Optional.of(issuer), account, secret, new OtpParameters.Steam(), OptionalLong.empty());
    }
}
