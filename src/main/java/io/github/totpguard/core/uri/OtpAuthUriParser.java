package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One reading of one {@code otpauth://} URI; {@link OtpAuthUri#parse} says what is tolerated. */
final class OtpAuthUriParser {

    private static final String SCHEME = "otpauth://";

    private final Map<Parameter, String> query;

    private OtpAuthUriParser(Map<Parameter, String> query) {
        this.query = query;
    }

    static OtpAuthUri parse(String raw) {
        if (raw.length() > OtpAuthUri.MAX_LENGTH) {
            throw invalid(
                    Reason.TOO_LONG,
                    "An otpauth URI has up to " + OtpAuthUri.MAX_LENGTH + " characters, not " + raw.length());
        }
        String uri = raw.strip();
        if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            // What was found instead is not told: it may be a bare secret.
            throw invalid(Reason.SCHEME, "Not an otpauth URI: expected " + SCHEME);
        }
        // Only the first question mark ends the label, and no '#' does: guests of Microsoft tenants are named
        // somebody_example.org#EXT#@tenant, and their QR codes are not escaped.
        int queryStart = uri.indexOf('?');
        String typeAndLabel = uri.substring(SCHEME.length(), queryStart < 0 ? uri.length() : queryStart);
        int labelStart = typeAndLabel.indexOf('/');
        String type = labelStart < 0 ? typeAndLabel : typeAndLabel.substring(0, labelStart);
        String label = labelStart < 0 ? "" : typeAndLabel.substring(labelStart + 1);
        OtpAuthUriParser parser = new OtpAuthUriParser(split(queryStart < 0 ? "" : uri.substring(queryStart + 1)));
        return parser.read(type(type), decoded("label", label));
    }

    private static Type type(String name) {
        for (Type type : Type.values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw invalid(Reason.TYPE, "The type of an otpauth URI is totp, hotp or steam");
    }

    private OtpAuthUri read(Type type, String label) {
        // After decoding, so that %3A separates as well as ':'.
        int colon = label.indexOf(':');
        Optional<String> prefix = colon < 0 ? Optional.empty() : nonBlank(label.substring(0, colon));
        String account = label.substring(colon + 1);
        Optional<String> issuer = issuer(prefix);
        return new OtpAuthUri(
                issuer,
                account,
                secret(),
                parameters(type, issuer),
                type == Type.HOTP ? counter() : OptionalLong.empty());
    }

    private OtpParameters parameters(Type type, Optional<String> issuer) {
        if (type == Type.STEAM || type == Type.TOTP && isEncodedForSteam()) {
            return new OtpParameters.Steam();
        }
        int digits = digits(OtpAuthUri.defaultDigits(type == Type.TOTP, issuer));
        return type == Type.TOTP
                ? new OtpParameters.Totp(algorithm(), digits, period())
                : new OtpParameters.Hotp(algorithm(), digits);
    }

    /** As KeePassXC writes it. */
    private boolean isEncodedForSteam() {
        return value(Parameter.ENCODER).filter("steam"::equalsIgnoreCase).isPresent();
    }

    private static Map<Parameter, String> split(String query) {
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            Optional<Parameter> name = Parameter.named(equals < 0 ? pair : pair.substring(0, equals));
            // The first or the last? Two readers that disagree would show one account and use another.
            if (name.isPresent() && values.putIfAbsent(name.get(), value) != null) {
                throw invalid(Reason.DUPLICATE_PARAMETER, "The parameter " + name.get() + " is there twice");
            }
        }
        return values;
    }

    private Optional<String> issuer(Optional<String> prefix) {
        Optional<String> written = value(Parameter.ISSUER);
        Optional<String> named = written.flatMap(value -> nonBlank(decoded("issuer", value)));
        if (prefix.isEmpty() || named.isEmpty() || named.equals(prefix)) {
            return prefix.or(() -> named);
        }
        if (written.flatMap(value -> nonBlank(decoded("issuer", value.replace('+', ' '))))
                .equals(prefix)) {
            return prefix;
        }
        // Encoded again, so that nothing in a name can break a line of a log.
        throw invalid(
                Reason.ISSUER_MISMATCH,
                "The label names the issuer " + PercentEncoding.encode(prefix.get()) + ", the parameter "
                        + PercentEncoding.encode(named.get()));
    }

    private OtpSecret secret() {
        String text = value(Parameter.SECRET)
                .flatMap(value -> nonBlank(decoded("secret", value)))
                .orElseThrow(() -> invalid(Reason.SECRET_MISSING, "There is no secret"));
        try {
            return OtpSecret.ofBase32(text);
        } catch (IllegalArgumentException e) {
            throw invalid(Reason.SECRET_INVALID, "The secret cannot be read. " + e.getMessage());
        }
    }

    /** SHA1, SHA-1, HmacSHA1 and HMAC-SHA-1 are the same, in any case of letters. */
    private OtpAlgorithm algorithm() {
        Optional<String> name = value(Parameter.ALGORITHM).map(value -> decoded("algorithm", value));
        if (name.isEmpty()) {
            return OtpParameters.Totp.DEFAULT.algorithm();
        }
        String plain = name.get().replace("-", "");
        for (OtpAlgorithm algorithm : OtpAlgorithm.values()) {
            if (algorithm.name().equalsIgnoreCase(plain)) {
                return algorithm;
            }
        }
        return OtpAlgorithm.ofMacName(plain)
                .orElseThrow(() -> invalid(Reason.ALGORITHM, "The algorithm is SHA1, SHA256 or SHA512"));
    }

    private int digits(int absent) {
        return (int) number(
                Parameter.DIGITS,
                Reason.DIGITS,
                OtpParameters.MIN_DIGITS,
                OtpParameters.MAX_DIGITS,
                OptionalLong.of(absent));
    }

    private int period() {
        return (int) number(
                Parameter.PERIOD,
                Reason.PERIOD,
                OtpParameters.MIN_PERIOD_SECONDS,
                OtpParameters.MAX_PERIOD_SECONDS,
                OptionalLong.of(OtpParameters.Totp.DEFAULT.periodSeconds()));
    }

    private OptionalLong counter() {
        return OptionalLong.of(number(Parameter.COUNTER, Reason.COUNTER, 0, Long.MAX_VALUE, OptionalLong.empty()));
    }

    private long number(Parameter parameter, Reason reason, long min, long max, OptionalLong absent) {
        String expected = "The parameter " + parameter + " is a number from " + min + " to " + max;
        Optional<String> written = value(parameter).map(value -> decoded(parameter.toString(), value));
        if (written.isEmpty()) {
            return absent.orElseThrow(() -> invalid(reason, expected + ", and must be there"));
        }
        // Only ASCII digits: Long.parseLong would take a sign and the digits of other scripts.
        if (!written.get().matches("[0-9]{1,19}")) {
            throw invalid(reason, expected);
        }
        try {
            long number = Long.parseLong(written.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Nineteen digits can be more than a long holds.
        }
        throw invalid(reason, expected + ", not " + written.get());
    }

    private Optional<String> value(Parameter parameter) {
        return Optional.ofNullable(query.get(parameter));
    }

    private static Optional<String> nonBlank(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }

    private static String decoded(String what, String text) {
        return PercentEncoding.decode(text)
                .orElseThrow(() -> invalid(Reason.ENCODING, "The " + what + " is not percent-encoded UTF-8"));
    }

    private static InvalidOtpAuthUriException invalid(Reason reason, String message) {
        return new InvalidOtpAuthUriException(reason, message);
    }

    private enum Type {
        TOTP,
        HOTP,
        STEAM
    }

    /** The parameters with a meaning. */
    private enum Parameter {
        SECRET,
        ISSUER,
        ALGORITHM,
        DIGITS,
        PERIOD,
        COUNTER,
        ENCODER;

        static Optional<Parameter> named(String name) {
            for (Parameter parameter : values()) {
                if (parameter.name().equalsIgnoreCase(name)) {
                    return Optional.of(parameter);
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
