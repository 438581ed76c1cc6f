package io.github.totpguard.core.transfer;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Decodes secrets in the four encodings of KeePass and its plugins. */
final class KeePassSecret {

    private KeePassSecret() {}

    /**
     * @param suffix the suffix of the string's key: empty for text in UTF-8, or {@code -Hex}, {@code -Base32}, {@code
     *     -Base64}
     */
    static OtpSecret ofSuffix(String suffix, String written) throws RefusalException {
        return of(suffix.isEmpty() ? "UTF8" : suffix.substring(1), written);
    }

    /** @param encoding UTF8, Hex, Base32 or Base64, ignoring case */
    static OtpSecret of(String encoding, String written) throws RefusalException {
        String plain = encoding.toLowerCase(Locale.ROOT);
        if (plain.equals("base32")) {
            return AccountFields.secret(Optional.of(written));
        }
        String dense = written.replaceAll("\\s", "");
        try {
            return OtpSecret.ofBytes(
                    switch (plain) {
                        case "utf8" -> written.getBytes(StandardCharsets.UTF_8);
                        case "hex" -> HexFormat.of().parseHex(dense);
                        case "base64" -> Base64.getDecoder().decode(dense);
                        default ->
                            throw new RefusalException(Reason.SECRET, "The secret is encoded in an unknown way.");
                    });
        } catch (IllegalArgumentException e) {
            // The message of the exception is dropped, because it quotes the input.
            throw new RefusalException(Reason.SECRET, "The secret is not " + plain + ", or too long.");
        }
    }
}
