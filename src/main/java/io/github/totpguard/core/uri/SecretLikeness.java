package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps out of names what was not understood. Names are shown, sorted, logged in events and stored without
 * encryption, so a secret that was taken for a name would be told to everybody who may see those.
 */
public final class SecretLikeness {

    private static final int SHORTEST = 8;
    private static final int MAX_KEPT = 4 * OtpAuthUri.MAX_NAME_LENGTH;

    // In upper case a digit among sixteen characters is enough: people do not write names like that.
    private static final Pattern UPPER_CASE =
            Pattern.compile("(?<![A-Za-z0-9])(?=[A-Z]*[2-7])[A-Z2-7]{16,}|[A-Z2-7]{32,}");
    // In lower case they do (a long user name with a year behind it), but not with digits in two places.
    private static final Pattern LOWER_CASE =
            Pattern.compile("(?<![A-Za-z0-9])(?=[a-z]*[2-7]+[a-z]+[2-7]+[a-z2-7]*)[a-z2-7]{16,}");
    private static final Pattern GROUPS = Pattern.compile(
            "(?<![A-Za-z0-9])(?=[A-Z -]*[2-7])(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{1,4}(?![A-Za-z0-9])"
                    + "|(?<![A-Za-z0-9])(?=[a-z -]*[2-7]+[a-z -]+[2-7])(?:[a-z2-7]{4}[ -]){3,}[a-z2-7]{1,4}(?![A-Za-z0-9])");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\b(secret|seed|digits|period|algorithm|counter|issuer|encoder)\\s*(=|%3D)", Pattern.CASE_INSENSITIVE);
    private static final Pattern URI = Pattern.compile("otpauth(-migration)?\\s*(:|%3A)", Pattern.CASE_INSENSITIVE);

    private SecretLikeness() {}

    /** Whether a text that is to be shown holds a URI, a parameter, or what looks like a secret in Base32. */
    public static boolean isIn(String text) {
        return holdsUri(text) || looksLikeSecret(text);
    }

    /**
     * @param what issuer or account, for the message
     * @throws InvalidOtpAuthUriException if the name holds what is no name; the message has nothing of it
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
     * As {@link #checkName(String, String)}, and the name does not hold this secret either, in any spelling of its Base32.
     *
     * @throws InvalidOtpAuthUriException if it does
     */
    public static void checkName(String what, String name, OtpSecret secret) {
        checkName(what, name);
        String own = secret.toBase32();
        if (own.length() >= SHORTEST && plain(name).contains(own)) {
            throw secretInName(what);
        }
    }

    private static boolean holdsUri(String text) {
        return holdsAnotherUri(text) || PARAMETER.matcher(text).find();
    }

    /** Whether there is a URI of a secret. */
    static boolean holdsAnotherUri(String text) {
        return URI.matcher(text).find();
    }

    private static boolean looksLikeSecret(String text) {
        // Longer names are cut before they are kept.
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
