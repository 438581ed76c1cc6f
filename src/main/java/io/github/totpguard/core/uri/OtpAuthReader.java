package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads {@code otpauth://} URIs as other programs write them. All inputs use it: pages, REST, imports, pictures and the
 * command line.
 *
 * <p>If the meaning is clear, it is lenient, and a {@link ReadingNote} says what was read differently. It accepts:
 * scheme, type and names of parameters in any case; a secret in lower case, with spaces or padding; a missing issuer,
 * or one that differs from the label; {@code %3A} as separator; colons in an account; HTML escapes; unescaped {@code
 * #}, {@code /}, spaces and non-ASCII characters; other spellings of algorithms. It ignores parameters that the format
 * does not have, such as {@code image}, whose address is never fetched, and also {@code period} of hotp and {@code
 * counter} of totp.
 *
 * <p>If the meaning is not clear, it refuses the URI: a parameter whose name is similar to one that changes the codes,
 * a known parameter with two values, a value that contains another URI or parameter, a name that looks like a secret.
 *
 * <p>Steam codes are identified by the type {@code steam}, by totp with {@code encoder=steam}, or by totp with the
 * issuer Steam unless the URI asks for other than 5 digits. Steam has a fixed algorithm, length and period. A URI may
 * state only these values, or the default values of the format.
 *
 * @see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI Format</a>
 */
public final class OtpAuthReader {

    /** The maximum length of a URI in characters: some apps put pictures and notes into a parameter. */
    public static final int MAX_LENGTH = 1 << 16;

    /** The beginning of every URI, ignoring case. */
    public static final String SCHEME = "otpauth://";

    private final Set<ReadingNote> notes = EnumSet.noneOf(ReadingNote.class);
    private final boolean trusted;
    private final String type;
    private final String label;
    private final String query;

    private OtpAuthReader(String raw, boolean trusted) {
        this.trusted = trusted;
        if (raw.length() > MAX_LENGTH) {
            throw invalid(
                    Reason.TOO_LONG,
                    "An otpauth URI has up to " + MAX_LENGTH + " characters here, not " + raw.length());
        }
        String uri = unescaped(raw.strip());
        if (!isUri(uri)) {
            // The message does not quote the text, because it may be a bare secret.
            throw invalid(Reason.SCHEME, "Not an otpauth URI: expected " + SCHEME);
        }
        String rest = uri.substring(SCHEME.length());
        // Only the first question mark ends the label; a '#' does not. Guest users of Microsoft tenants are named
        // somebody_example.org#EXT#@tenant, and their QR codes are not escaped.
        int question = rest.indexOf('?');
        String typeAndLabel = question < 0 ? rest : rest.substring(0, question);
        int slash = typeAndLabel.indexOf('/');
        this.type = slash < 0 ? typeAndLabel : typeAndLabel.substring(0, slash);
        this.label = slash < 0 ? "" : typeAndLabel.substring(slash + 1);
        this.query = question < 0 ? "" : rest.substring(question + 1);
    }

    /**
     * Reads a URI that any program wrote.
     *
     * @param uri may have white space around it
     * @throws InvalidOtpAuthUriException if it is not such a URI or its meaning is not clear, with the reason
     */
    public static AccountReading read(String uri) {
        return read(Objects.requireNonNull(uri, "uri"), "");
    }

    /**
     * Like {@link #read(String)}.
     *
     * @param unnamed the label if the URI has none: issuer and account with a colon between them
     */
    public static AccountReading read(String uri, String unnamed) {
        OtpAuthReader reader = new OtpAuthReader(uri, false);
        OtpAuthUri account = reader.account(unnamed);
        return new AccountReading(account, reader.notes);
    }

    /** Reads back a URI that {@link OtpAuthUri#print} made, whatever names the users have chosen. */
    static OtpAuthUri readOurs(String uri) {
        return new OtpAuthReader(Objects.requireNonNull(uri, "uri"), true).account("");
    }

    /**
     * Whether a name is, or resembles, that of a parameter that changes the codes. Readers of other formats use exact
     * names, and must not skip such a field.
     */
    public static boolean isNearlyAParameter(String name) {
        return Parameter.alias(name).isPresent() || Parameter.similar(name).isPresent();
    }

    /** Whether a text begins like such a URI. */
    public static boolean isUri(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * The label of a refused URI, for a message about it.
     *
     * @return empty if there is no label, or if it could be a secret
     */
    public static String labelForMessage(String uri) {
        try {
            OtpAuthReader reader = new OtpAuthReader(uri, false);
            // Without a question mark, the label may contain parameters.
            return reader.query.isEmpty()
                    ? ""
                    : AccountNames.forMessage(
                            PercentEncoding.decode(reader.label).orElse(reader.label));
        } catch (InvalidOtpAuthUriException e) {
            return "";
        }
    }

    private OtpAuthUri account(String unnamed) {
        Kind kind = kind();
        Query values = Query.of(query, trusted, notes);
        OtpSecret secret = values.secret();
        AccountNames names = names(values.text(Parameter.ISSUER), secret, unnamed);
        notes.addAll(names.notes());
        return new OtpAuthUri(
                names.issuer(),
                names.account(),
                secret,
                parameters(kind, values, names.issuer()),
                kind == Kind.HOTP ? OptionalLong.of(values.counter()) : OptionalLong.empty());
    }

    private String unescaped(String uri) {
        if (trusted || !HtmlEscapes.areIn(uri)) {
            return uri;
        }
        notes.add(ReadingNote.HTML_ESCAPES);
        return HtmlEscapes.resolved(uri);
    }

    private Kind kind() {
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(type)) {
                return kind;
            }
        }
        throw invalid(Reason.TYPE, "The type of an otpauth URI is totp, hotp or steam");
    }

    private static OtpParameters parameters(Kind kind, Query values, Optional<String> issuer) {
        if (kind == Kind.HOTP) {
            return new OtpParameters.Hotp(values.algorithm(), values.digits(OtpAuthUri.defaultDigits(false, issuer)));
        }
        if (kind == Kind.STEAM || values.isEncodedForSteam()) {
            values.requireSteam();
            return new OtpParameters.Steam();
        }
        return new OtpParameters.Totp(
                values.algorithm(), values.digits(OtpAuthUri.defaultDigits(true, issuer)), values.period());
    }

    private AccountNames names(Optional<String> parameter, OtpSecret secret, String unnamed) {
        Label whole = Label.of(label, unnamed);
        if (!trusted) {
            // The label is checked before it is split, because the colon may belong to another URI.
            SecretLikeness.checkName("label", whole.text());
        }
        if (parameter.isEmpty()) {
            return checked(whole.prefix(), whole.account(), secret);
        }
        String literal = Query.decoded("issuer", parameter.get());
        // Form encoding writes a space as a plus sign. If the label has a plus sign too, or there is no issuer in the
        // label to compare with, the plus sign is kept.
        String spaced = Query.decoded("issuer", parameter.get().replace('+', ' '));
        Optional<String> prefix = whole.prefix().filter(name -> !OtpAuthUri.isBlank(name));
        if (prefix.isEmpty() || OtpAuthUri.isBlank(literal)) {
            return checked(OtpAuthUri.isBlank(literal) ? prefix : Optional.of(literal), whole.account(), secret);
        }
        String issuer = prefix.get().strip().equalsIgnoreCase(spaced.strip())
                        || !label.contains("+") && !prefix.get().strip().equalsIgnoreCase(literal.strip())
                ? spaced
                : literal;
        if (issuer.indexOf(':') >= 0 && AccountNames.repeats(issuer.strip(), whole.text())) {
            // The issuer itself contains a colon.
            return checked(Optional.of(issuer), whole.text(), secret);
        }
        if (!prefix.get().strip().equalsIgnoreCase(issuer.strip())) {
            notes.add(ReadingNote.ISSUER_DIFFERS);
        }
        return checked(Optional.of(issuer), whole.account(), secret);
    }

    private AccountNames checked(Optional<String> issuer, String account, OtpSecret secret) {
        return trusted
                ? new AccountNames(issuer.filter(name -> !name.isBlank()), account, Set.of())
                : AccountNames.of(issuer, account, secret);
    }

    private static InvalidOtpAuthUriException invalid(Reason reason, String message) {
        return new InvalidOtpAuthUriException(reason, message);
    }

    private enum Kind {
        TOTP,
        HOTP,
        STEAM
    }

    /**
     * The text before the question mark.
     *
     * @param text the whole label, decoded
     * @param prefix the text before the first colon; empty if there is none
     */
    private record Label(String text, Optional<String> prefix, String account) {

        static Label of(String encoded, String unnamed) {
            String text = Query.decoded("label", encoded);
            if (!unnamed.isEmpty() && !AccountNames.isName(text) || OtpAuthUri.isBlank(text)) {
                return split(unnamed);
            }
            int colon = encoded.indexOf(':');
            if (colon < 0) {
                // Many programs also encode the separating colon.
                return split(text);
            }
            return new Label(
                    text,
                    Optional.of(Query.decoded("label", encoded.substring(0, colon))),
                    Query.decoded("label", encoded.substring(colon + 1)));
        }

        private static Label split(String text) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Label(text, Optional.empty(), text)
                    : new Label(text, Optional.of(text.substring(0, colon)), text.substring(colon + 1));
        }
    }
}
