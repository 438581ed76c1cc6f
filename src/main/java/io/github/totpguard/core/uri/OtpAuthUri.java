package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an authenticator app needs to make a user's codes, as it stands in a QR code
 * (<a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI Format</a>).
 *
 * <p>{@code parse(uri.print())} equals {@code uri} for every instance: a name that would not survive is refused here.
 * White space around a name is no part of it and removed.
 *
 * @param issuer who the account is with; up to {@value #MAX_NAME_LENGTH} UTF-16 units, no colon, no control character
 * @param account whose account it is; like the issuer, and with at least one visible character
 * @param counter the next counter, from 0 on, for {@link OtpParameters.Hotp}; empty for {@link OtpParameters.Totp}
 */
public record OtpAuthUri(
        Optional<String> issuer, String account, OtpSecret secret, OtpParameters parameters, OptionalLong counter) {

    /** Longest URI in characters, read or printed. */
    public static final int MAX_LENGTH = 4096;

    /** Longest issuer or account in UTF-16 units. */
    public static final int MAX_NAME_LENGTH = 255;

    /** @throws InvalidOtpAuthUriException if there is no URI that apps would read back as these values */
    public OtpAuthUri {
        Objects.requireNonNull(secret, "secret");
        issuer = issuer.map(name -> checkedName("issuer", name, Reason.ISSUER_BLANK));
        account = checkedName("account", account, Reason.ACCOUNT_BLANK);
        checkCounter(Objects.requireNonNull(parameters, "parameters"), counter);
        int length = print(issuer, account, secret, parameters, counter).length();
        if (length > MAX_LENGTH) {
            throw new InvalidOtpAuthUriException(
                    Reason.TOO_LONG, "An otpauth URI has up to " + MAX_LENGTH + " characters, not " + length);
        }
    }

    /**
     * The URI of an account whose codes change with time.
     *
     * @throws InvalidOtpAuthUriException if a name cannot be in a URI
     */
    public static OtpAuthUri totp(String issuer, String account, OtpSecret secret, OtpParameters.Totp parameters) {
        return new OtpAuthUri(Optional.of(issuer), account, secret, parameters, OptionalLong.empty());
    }

    /**
     * The URI of an account whose codes change with a counter.
     *
     * @param counter the next counter, from 0 on
     * @throws InvalidOtpAuthUriException if a name cannot be in a URI, or the counter is negative
     */
    public static OtpAuthUri hotp(
            String issuer, String account, OtpSecret secret, OtpParameters.Hotp parameters, long counter) {
        return new OtpAuthUri(Optional.of(issuer), account, secret, parameters, OptionalLong.of(counter));
    }

    /**
     * Reads a URI as other programs write it: scheme, type and names of parameters in any case; the secret in lower
     * case, spaced or padded; a missing issuer; {@code %3A} as separator; spaces around issuer and account; unescaped
     * {@code #}, {@code /} and characters beyond ASCII in the label. Parameters that the format does not have are
     * ignored, {@code image} among them, whose address nobody fetches; so are {@code period} of hotp and
     * {@code counter} of totp.
     *
     * <p>If both the label and the parameter name an issuer, they must name the same one: either may be the one that
     * an app shows. A plus sign stays a plus sign, with one exception: where the issuer parameter would equal the
     * label's issuer if its plus signs were spaces, they are.
     *
     * @throws InvalidOtpAuthUriException if there is no such URI, with the reason
     */
    public static OtpAuthUri parse(String uri) {
        return OtpAuthUriParser.parse(Objects.requireNonNull(uri, "uri"));
    }

    /**
     * The URI, in ASCII. Algorithm, digits and period are printed only where they differ from SHA1, 6 and 30, which
     * every reader assumes: a shorter URI is a coarser QR code, and some apps refuse URIs that spell out parameters
     * they do not let anybody change.
     */
    public String print() {
        return print(issuer, account, secret, parameters, counter);
    }

    private static String print(
            Optional<String> issuer, String account, OtpSecret secret, OtpParameters parameters, OptionalLong counter) {
        StringBuilder uri = new StringBuilder("otpauth://");
        uri.append(parameters instanceof OtpParameters.Totp ? "totp" : "hotp").append('/');
        issuer.ifPresent(name -> uri.append(PercentEncoding.encode(name)).append(':'));
        uri.append(PercentEncoding.encode(account));
        uri.append("?secret=").append(secret.toBase32());
        issuer.ifPresent(name -> uri.append("&issuer=").append(PercentEncoding.encode(name)));
        if (parameters.algorithm() != OtpParameters.Totp.DEFAULT.algorithm()) {
            uri.append("&algorithm=").append(parameters.algorithm().name());
        }
        if (parameters.digits() != OtpParameters.Totp.DEFAULT.digits()) {
            uri.append("&digits=").append(parameters.digits());
        }
        if (parameters instanceof OtpParameters.Totp totp
                && totp.periodSeconds() != OtpParameters.Totp.DEFAULT.periodSeconds()) {
            uri.append("&period=").append(totp.periodSeconds());
        }
        counter.ifPresent(value -> uri.append("&counter=").append(value));
        return uri.toString();
    }

    private static String checkedName(String what, String raw, Reason ifBlank) {
        String name = raw.strip();
        if (isBlank(name)) {
            throw new InvalidOtpAuthUriException(ifBlank, "The " + what + " is blank");
        }
        if (name.length() > MAX_NAME_LENGTH) {
            throw new InvalidOtpAuthUriException(
                    Reason.NAME_TOO_LONG,
                    "The " + what + " has up to " + MAX_NAME_LENGTH + " characters, not " + name.length());
        }
        if (name.indexOf(':') >= 0) {
            throw new InvalidOtpAuthUriException(Reason.NAME_HAS_COLON, "The " + what + " holds a colon");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidOtpAuthUriException(
                    Reason.NAME_HAS_CONTROL_CHARACTER, "The " + what + " holds a control character");
        }
        // As a code point, a surrogate is one that found no partner.
        if (name.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidOtpAuthUriException(
                    Reason.NAME_HAS_LONE_SURROGATE, "The " + what + " holds a lone surrogate");
        }
        return name;
    }

    /** Whether a name has no visible character, only white space and format characters: no app could list it. */
    public static boolean isBlank(String name) {
        return name.codePoints().allMatch(OtpAuthUri::isInvisible);
    }

    private static boolean isInvisible(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }

    private static void checkCounter(OtpParameters parameters, OptionalLong counter) {
        if (parameters instanceof OtpParameters.Hotp && counter.isEmpty()) {
            throw new InvalidOtpAuthUriException(Reason.COUNTER, "A hotp URI needs a counter");
        }
        if (parameters instanceof OtpParameters.Totp && counter.isPresent()) {
            throw new InvalidOtpAuthUriException(Reason.COUNTER, "A totp URI has no counter");
        }
        if (counter.isPresent() && counter.getAsLong() < 0) {
            throw new InvalidOtpAuthUriException(Reason.COUNTER, "A counter is 0 or more, not " + counter.getAsLong());
        }
    }

    /** Names and parameters, without the secret. */
    @Override
    public String toString() {
        return "OtpAuthUri[issuer=" + issuer + ", account=" + account + ", secret=" + secret + ", parameters="
                + parameters + ", counter=" + counter + "]";
    }
}
