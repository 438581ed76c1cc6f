package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of one URI, with a typed method for each. */
final class Query {

    private static final OtpParameters.Totp ASSUMED = OtpParameters.Totp.DEFAULT;
    private static final OtpParameters.Steam STEAM = new OtpParameters.Steam();

    // A value that is not shown contains a parameter only if the text is delimited like one.
    private static final Pattern HIDDEN_PARAMETER = Pattern.compile(
            "[;,&?#\\s](secret|digits|period|algorithm|counter|encoder)\\s*=", Pattern.CASE_INSENSITIVE);

    private final Map<Parameter, String> values = new EnumMap<>(Parameter.class);
    private final Set<ReadingNote> notes;

    private Query(Set<ReadingNote> notes) {
        this.notes = notes;
    }

    /**
     * @param trusted whether this product wrote the query
     * @param notes receives what was read differently from how it was written
     */
    static Query of(String query, boolean trusted, Set<ReadingNote> notes) {
        Query read = new Query(notes);
        Optional<Parameter> previous = Optional.empty();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0 && isRestOfIssuer(pair, previous)) {
                // An issuer such as AT&T, whose '&' was not escaped.
                read.values.computeIfPresent(Parameter.ISSUER, (issuer, value) -> value + "&" + pair);
                continue;
            }
            String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            previous = read.parameter(PercentEncoding.decode(name).orElse(name), value);
            previous.ifPresent(parameter -> read.put(parameter, value));
            if (!trusted && previous.isEmpty()) {
                refuseHidden(value);
            }
        }
        return read;
    }

    private static boolean isRestOfIssuer(String pair, Optional<Parameter> previous) {
        return previous.filter(Parameter.ISSUER::equals).isPresent()
                && !pair.isEmpty()
                && (Character.isUpperCase(pair.charAt(0)) || Character.isWhitespace(pair.charAt(0)));
    }

    private Optional<Parameter> parameter(String name, String value) {
        Optional<Parameter> known = Parameter.named(name);
        if (known.isPresent()) {
            return known;
        }
        Optional<Parameter> alias = Parameter.alias(name);
        if (alias.isPresent()) {
            notes.add(ReadingNote.PARAMETER_SPELLING);
        } else {
            Parameter.refuseSimilar(name);
        }
        return alias;
    }

    private void put(Parameter parameter, String value) {
        // The two values conflict. If one reader took the first and another the last, one could show an account and the
        // other use a different one.
        String other = values.putIfAbsent(parameter, value);
        if (other != null && !other.equals(value)) {
            throw invalid(
                    Reason.DUPLICATE_PARAMETER, "The parameter " + parameter + " is there twice, with two values");
        }
    }

    private static void refuseHidden(String value) {
        String decoded = PercentEncoding.decode(value).orElse(value);
        if (HIDDEN_PARAMETER.matcher(decoded).find() || SecretLikeness.holdsAnotherUri(decoded)) {
            throw invalid(Reason.EMBEDDED, "A value holds another URI or a parameter: separate them");
        }
    }

    /** The value as it is written in the URI, percent-encoded. */
    Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    OtpSecret secret() {
        String text = text(Parameter.SECRET)
                // Base32 contains no plus sign, so a plus sign stands for a space.
                .map(value -> decoded("secret", value.replace('+', ' ')).strip())
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> invalid(Reason.SECRET_MISSING, "There is no secret"));
        try {
            OtpSecret secret = OtpSecret.ofBase32(text);
            if (!text.matches("[A-Z2-7]*")) {
                notes.add(ReadingNote.SECRET_SPELLING);
            }
            return secret;
        } catch (IllegalArgumentException e) {
            throw invalid(Reason.SECRET_INVALID, "The secret cannot be read. " + e.getMessage());
        }
    }

    OtpAlgorithm algorithm() {
        Optional<String> name = text(Parameter.ALGORITHM)
                .map(value -> decoded("algorithm", value).strip());
        if (name.isEmpty()) {
            return ASSUMED.algorithm();
        }
        OtpAlgorithm algorithm = OtpAlgorithm.ofName(name.get())
                .orElseThrow(() -> invalid(Reason.ALGORITHM, "The algorithm is SHA1, SHA256 or SHA512"));
        if (!algorithm.name().equalsIgnoreCase(name.get())) {
            notes.add(ReadingNote.ALGORITHM_SPELLING);
        }
        return algorithm;
    }

    int digits(int absent) {
        return (int) number(
                Parameter.DIGITS,
                Reason.DIGITS,
                OtpParameters.MIN_DIGITS,
                OtpParameters.MAX_DIGITS,
                OptionalLong.of(absent));
    }

    /** The period in seconds. */
    int period() {
        return (int) number(
                Parameter.PERIOD,
                Reason.PERIOD,
                OtpParameters.MIN_PERIOD_SECONDS,
                OtpParameters.MAX_PERIOD_SECONDS,
                OptionalLong.of(ASSUMED.periodSeconds()));
    }

    long counter() {
        return number(Parameter.COUNTER, Reason.COUNTER, 0, Long.MAX_VALUE, OptionalLong.empty());
    }

    /** Whether the URI asks for Steam codes as KeePassXC writes it. No other encoder exists. */
    boolean isEncodedForSteam() {
        Optional<String> encoder = text(Parameter.ENCODER);
        if (encoder.filter(name -> !name.equalsIgnoreCase("steam") && !name.equalsIgnoreCase("default"))
                .isPresent()) {
            throw invalid(Reason.TYPE, "The encoder is steam, or there is none");
        }
        return encoder.filter("steam"::equalsIgnoreCase).isPresent();
    }

    /**
     * Checks that stated parameters are those of Steam or the default values of the format. Some programs write the
     * default values for every account.
     */
    void requireSteam() {
        int digits = digits(STEAM.digits());
        if (digits != STEAM.digits() && digits != ASSUMED.digits()) {
            throw invalid(Reason.DIGITS, "A code of Steam has " + STEAM.digits() + " characters, not " + digits);
        }
        if (period() != STEAM.periodSeconds()) {
            throw invalid(Reason.PERIOD, "A code of Steam changes every " + STEAM.periodSeconds() + " seconds");
        }
        if (algorithm() != STEAM.algorithm()) {
            throw invalid(Reason.ALGORITHM, "A code of Steam is made with " + STEAM.algorithm());
        }
    }

    private long number(Parameter parameter, Reason reason, long min, long max, OptionalLong absent) {
        String expected = "The parameter " + parameter + " is a number from " + min + " to " + max;
        Optional<String> written = text(parameter)
                .map(value -> decoded(parameter.toString(), value).strip());
        if (written.isEmpty()) {
            return absent.orElseThrow(() -> invalid(reason, expected + ", and must be there"));
        }
        // Only ASCII digits are allowed: Long.parseLong would accept a sign and the digits of other scripts.
        if (!written.get().matches("[0-9]{1,19}")) {
            throw invalid(reason, expected);
        }
        try {
            long number = Long.parseLong(written.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Nineteen digits may not fit into a long.
        }
        throw invalid(reason, expected + ", not " + written.get());
    }

    /** @throws InvalidOtpAuthUriException if the text is not percent-encoded UTF-8 */
    static String decoded(String what, String text) {
        return PercentEncoding.decode(text)
                .orElseThrow(() -> invalid(Reason.ENCODING, "The " + what + " is not percent-encoded UTF-8"));
    }

    private static InvalidOtpAuthUriException invalid(Reason reason, String message) {
        return new InvalidOtpAuthUriException(reason, message);
    }
}
