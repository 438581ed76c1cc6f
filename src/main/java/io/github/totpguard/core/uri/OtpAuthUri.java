package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an authenticator app needs to generate a user's codes, in the form of a QR code (<a
 * href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI Format</a>).
 *
 * <p>{@code parse(uri.print())} equals {@code uri} for every instance, because the constructor refuses a name that
 * would not survive. White space around a name is removed.
 * An account with the issuer Steam (ignoring case), 5 digits, SHA1 and 30 seconds is {@link OtpParameters.Steam}:
 * programs without another way to describe Steam accounts write them like this.
 *
 * @param issuer the service of the account; up to {@value #MAX_NAME_LENGTH} UTF-16 units, no colon, no control
 *     character
 * @param account the name of the account's user; same limits as the issuer, at least one visible character
 * @param counter the next counter, 0 or more, for {@link OtpParameters.Hotp}; empty for {@link OtpParameters.TimeBased}
 */
public record OtpAuthUri(
        Optional<String> issuer, String account, OtpSecret secret, OtpParameters parameters, OptionalLong counter) {

    /** The maximum length of a URI in characters, read or printed. */
    public static final int MAX_LENGTH = 4096;

    /** The maximum length of issuer or account in UTF-16 units. */
    public static final int MAX_NAME_LENGTH = 255;

    private static final String STEAM = "Steam";
    private static final OtpParameters.Totp STEAM_AS_TOTP = new OtpParameters.Totp(OtpAlgorithm.SHA1, 5, 30);

    /** @throws InvalidOtpAuthUriException if no URI exists that apps would read back as these values */
    public OtpAuthUri {
        Objects.requireNonNull(secret, "secret");
        issuer = issuer.map(name -> checkedName("issuer", name, Reason.ISSUER_BLANK));
        account = checkedName("account", account, Reason.ACCOUNT_BLANK);
        checkCounter(Objects.requireNonNull(parameters, "parameters"), counter);
        if (isSteam(issuer) && parameters.equals(STEAM_AS_TOTP)) {
            parameters = new OtpParameters.Steam();
        }
        int length = print(issuer, account, secret, parameters, counter).length();
        if (length > MAX_LENGTH) {
            throw new InvalidOtpAuthUriException(
                    Reason.TOO_LONG, "An otpauth URI has up to " + MAX_LENGTH + " characters, not " + length);
        }
    }

    /**
     * The URI of a time-based account.
     *
     * @throws InvalidOtpAuthUriException if a name does not fit into a URI
     */
    public static OtpAuthUri totp(String issuer, String account, OtpSecret secret, OtpParameters.Totp parameters) {
        return new OtpAuthUri(Optional.of(issuer), account, secret, parameters, OptionalLong.empty());
    }

    /**
     * The URI of a counter-based account.
     *
     * @param counter the next counter, 0 or more
     * @throws InvalidOtpAuthUriException if a name does not fit into a URI, or the counter is negative
     */
    public static OtpAuthUri hotp(
            String issuer, String account, OtpSecret secret, OtpParameters.Hotp parameters, long counter) {
        return new OtpAuthUri(Optional.of(issuer), account, secret, parameters, OptionalLong.of(counter));
    }

    /**
     * Reads back a URI that {@link #print} made. {@link OtpAuthReader} reads URIs of other programs.
     *
     * @throws InvalidOtpAuthUriException if it is not such a URI, with the reason
     */
    public static OtpAuthUri parse(String uri) {
        return OtpAuthReader.readOurs(uri);
    }

    /**
     * The URI, in ASCII. Algorithm, digits and period are printed only if they differ from SHA1, 6 and 30, which every
     * reader assumes. A shorter URI makes a coarser QR code, and some apps refuse URIs with parameters that their users
     * cannot change. Steam's type is {@code steam}: an app that does not know it refuses the URI instead of showing
     * wrong codes.
     */
    public String print() {
        return print(issuer, account, secret, parameters, counter);
    }

    private static String print(
            Optional<String> issuer, String account, OtpSecret secret, OtpParameters parameters, OptionalLong counter) {
        StringBuilder uri = new StringBuilder("otpauth://");
        uri.append(type(parameters)).append('/');
        issuer.ifPresent(name -> uri.append(PercentEncoding.encode(name)).append(':'));
        uri.append(PercentEncoding.encode(account));
        uri.append("?secret=").append(secret.toBase32());
        issuer.ifPresent(name -> uri.append("&issuer=").append(PercentEncoding.encode(name)));
        if (!(parameters instanceof OtpParameters.Steam)) {
            printParameters(uri, issuer, parameters);
        }
        counter.ifPresent(value -> uri.append("&counter=").append(value));
        return uri.toString();
    }

    private static void printParameters(StringBuilder uri, Optional<String> issuer, OtpParameters parameters) {
        boolean timeBased = parameters instanceof OtpParameters.TimeBased;
        if (parameters.algorithm() != OtpParameters.Totp.DEFAULT.algorithm()) {
            uri.append("&algorithm=").append(parameters.algorithm().name());
        }
        if (parameters.digits() != defaultDigits(timeBased, issuer)) {
            uri.append("&digits=").append(parameters.digits());
        }
        if (parameters instanceof OtpParameters.Totp totp
                && totp.periodSeconds() != OtpParameters.Totp.DEFAULT.periodSeconds()) {
            uri.append("&period=").append(totp.periodSeconds());
        }
    }

    private static String type(OtpParameters parameters) {
        if (parameters instanceof OtpParameters.Steam) {
            return "steam";
        }
        return parameters instanceof OtpParameters.Hotp ? "hotp" : "totp";
    }

    /** The number of digits of a URI that does not state it. */
    static int defaultDigits(boolean timeBased, Optional<String> issuer) {
        return timeBased && isSteam(issuer) ? STEAM_AS_TOTP.digits() : OtpParameters.Totp.DEFAULT.digits();
    }

    private static boolean isSteam(Optional<String> issuer) {
        return issuer.filter(STEAM::equalsIgnoreCase).isPresent();
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
        // codePoints() returns a surrogate only if it is unpaired.
        if (name.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidOtpAuthUriException(
                    Reason.NAME_HAS_LONE_SURROGATE, "The " + what + " holds a lone surrogate");
        }
        return name;
    }

    /** Whether a name has only white space and format characters. No app could show it in a list. */
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
        if (parameters instanceof OtpParameters.TimeBased && counter.isPresent()) {
            throw new InvalidOtpAuthUriException(Reason.COUNTER, "A totp or steam URI has no counter");
        }
        if (counter.isPresent() && counter.getAsLong() < 0) {
            throw new InvalidOtpAuthUriException(Reason.COUNTER, "A counter is 0 or more, not " + counter.getAsLong());
        }
    }

    /** Contains names and parameters, but not the secret. */
    @Override
    public String toString() {
        return "OtpAuthUri[issuer=" + issuer + ", account=" + account + ", secret=" + secret + ", parameters="
                + parameters + ", counter=" + counter + "]";
    }
}
