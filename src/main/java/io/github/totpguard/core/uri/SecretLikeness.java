package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Prevents secrets from being stored as names. Names are shown, sorted, logged in events and stored without encryption,
 * so a secret in a name would be disclosed to everyone who can see names.
 */
public final class SecretLikeness {

    private static final int MIN_SECRET_LENGTH = 8;
    private static final int MAX_KEPT = 4 * OtpAuthUri.MAX_NAME_LENGTH;

    // In upper case, one digit among sixteen characters is enough, because people do not write such names.
    private static final Pattern UPPER_CASE =
            Pattern.compile("(?<![A-Za-z0-9])(?=[A-Z]*[2-7])[A-Z2-7]{16,}|[A-Z2-7]{32,}");
    // In lower case they do (a long user name followed by a year), but not with digits in two places.
    private static final Pattern LOWER_CASE =
            Pattern.compile("(?<![A-Za-z0-9])(?=[a-z]*[2-7]+[a-z]+[2-7]+[a-z2-7]*)[a-z2-7]{16,}");
    private static final Pattern GROUPS = Pattern.compile(
            "(?<![A-Za-z0-9])(?=[A-Z -]*[2-7])(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{1,4}(?![A-Za-z0-9])"
                    + "|(?<![A-Za-z0-9])(?=[a-z -]*[2-7]+[a-z -]+[2-7])(?:[a-z2-7]{4}[ -]){3,}[a-z2-7]{1,4}(?![A-Za-z0-9])");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\b(secret|seed|digits|period|algorithm|counter|issuer|encoder)\\s*(=|%3D)", Pattern.CASE_INSENSITIVE);
    private static final Pattern URI = Pattern.compile("otpauth(-migration)?\\s*(:|%3A)", Pattern.CASE_INSENSITIVE);

    private SecretLikeness() {}

    /**
     * Whether a text contains a URI, a parameter, or something that looks like a secret in Base32, and must not be
     * shown.
     */
    public static boolean isIn(String text) {
        return holdsUri(text) || looksLikeSecret(text);
    }

    /**
     * @param what issuer or account, for the message
     * @throws InvalidOtpAuthUriException if the name contains a URI, a parameter or a secret; the message does not
     *     quote it
     */
    public static void checkName(String what, String name) {
        if (holdsUri(name)) {
            throw new InvalidOtpAuthUriException(
                    Reason.EMBEDDED,
                    "The " + what + " holds another URI or a parameter: separate them, or percent-encode the name");
        }
        if (looksLikeSecret(name)) {
            throw secretInName(what);
        }
    }

    /**
     * Like {@link #checkName(String, String)}. The name must also not contain this secret, in any spelling of its
     * Base32.
     *
     * @throws InvalidOtpAuthUriException if it does
     */
    public static void checkName(String what, String name, OtpSecret secret) {
        checkName(what, name);
        String own = secret.toBase32();
        if (own.length() >= MIN_SECRET_LENGTH && plain(name).contains(own)) {
            throw secretInName(what);
        }
    }

    private static boolean holdsUri(String text) {
        return holdsAnotherUri(text) || PARAMETER.matcher(text).find();
    }

    /** Whether the text contains a URI of a secret. */
    static boolean holdsAnotherUri(String text) {
        return URI.matcher(text).find();
    }

    private static boolean looksLikeSecret(String text) {
        // Longer names are truncated before they are stored.
        String kept = text.substring(0, Math.min(text.length(), MAX_KEPT));
        return UPPER_CASE.matcher(kept).find()
                || LOWER_CASE.matcher(kept).find()
                || GROUPS.matcher(kept).find();
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z2-7]", "").toUpperCase(Locale.ROOT);
    }

    private static InvalidOtpAuthUriException secretInName(String what) {
        return new InvalidOtpAuthUriException(
                Reason.SECRET_IN_NAME,
                "The " + what + " looks like a secret, and names are shown. Give the account another name");
    }
}
