package io.github.totpguard.core.transfer;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Names as Bitwarden Authenticator writes them: the label of an otpauth URI is escaped for HTML before it is
 * percent-encoded ({@code o%26%2339%3Bhara}), and an item that has no name is called {@code :null}.
 *
 * @see <a href="https://github.com/bitwarden/android">AuthenticatorItemEntity.toOtpAuthUriString of bitwarden/android,
 *     commit d63c04b</a>
 */
final class BitwardenNames {

    // What a program prints that has no value.
    private static final String NULL = "null";

    private BitwardenNames() {}

    /** The name that is meant; empty if it is a placeholder for none. */
    static String of(String written) {
        String name = HtmlEscapes.resolved(written).strip();
        for (String part : name.split(":", -1)) {
            if (!part.isBlank() && !part.strip().equals(NULL)) {
                return name;
            }
        }
        return "";
    }

    /** The same URI with the label that is meant; any other text as it is. */
    static String uri(String totp) {
        int slash = totp.indexOf('/', OtpAuthLine.SCHEME.length());
        int question = totp.indexOf('?');
        if (!totp.regionMatches(true, 0, OtpAuthLine.SCHEME, 0, OtpAuthLine.SCHEME.length())
                || slash < 0
                || question < slash) {
            return totp;
        }
        String label = totp.substring(slash + 1, question);
        try {
            String written = URLDecoder.decode(label.replace("+", "%2B"), StandardCharsets.UTF_8);
            String meant = HtmlEscapes.resolved(written);
            return meant.equals(written)
                    ? totp
                    : totp.substring(0, slash + 1) + encoded(meant) + totp.substring(question);
        } catch (IllegalArgumentException e) {
            // The reader of URIs says what is wrong with it.
            return totp;
        }
    }

    private static String encoded(String label) {
        return URLEncoder.encode(label, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }
}
