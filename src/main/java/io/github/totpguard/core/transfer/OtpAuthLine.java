package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.ItemReading.Found;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code otpauth://} URI of another app. {@link OtpAuthUri#parse} is what a login's own devices are made with and
 * wants issuer and label to agree; a file that was exported years ago cannot be asked to.
 */
final class OtpAuthLine {

    static final String SCHEME = "otpauth://";

    private static final Set<String> MEANINGFUL =
            Set.of("secret", "algorithm", "digits", "period", "counter", "encoder");

    // With the pictures and notes that some apps put into a parameter.
    private static final int MAX_LENGTH = 1 << 16;

    private final String uri;
    private final String type;
    private final String label;
    private final String query;
    private final String unnamed;

    private OtpAuthLine(String uri, String unnamed) {
        this.uri = uri;
        this.unnamed = unnamed;
        String rest = uri.substring(Math.min(SCHEME.length(), uri.length()));
        int question = rest.indexOf('?');
        String typeAndLabel = question < 0 ? "" : rest.substring(0, question);
        int slash = typeAndLabel.indexOf('/');
        this.type = typeAndLabel.substring(0, Math.max(slash, 0));
        this.label = slash < 0 ? "" : typeAndLabel.substring(slash + 1);
        this.query = question < 0 ? "" : rest.substring(question + 1);
    }

    /** @param uri with or without white space around it */
    static ImportItem read(String uri) {
        return read(uri, "");
    }

    /**
     * @param unnamed what to take for the label, issuer and account with a colon between them, if there is none
     */
    static ImportItem read(String uri, String unnamed) {
        OtpAuthLine line = new OtpAuthLine(uri.strip(), unnamed);
        return ItemReading.item(line.nameWithoutSecret(), line::found);
    }

    private Found found() throws RefusalException {
        try {
            return new Found(OtpAuthUri.parse(uri), false);
        } catch (InvalidOtpAuthUriException e) {
            return switch (e.reason()) {
                case TOO_LONG,
                        ACCOUNT_BLANK,
                        ISSUER_BLANK,
                        NAME_HAS_COLON,
                        NAME_HAS_CONTROL_CHARACTER,
                        NAME_HAS_LONE_SURROGATE,
                        NAME_TOO_LONG,
                        ISSUER_MISMATCH -> mended(e);
                default -> throw e;
            };
        }
    }

    /** With the names as they can be written, and without all that has no meaning for codes. */
    private Found mended(InvalidOtpAuthUriException original) throws RefusalException {
        if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || uri.length() > MAX_LENGTH) {
            throw original;
        }
        StringBuilder parameters = new StringBuilder();
        Optional<String> issuer = Optional.empty();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = (equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (name.equals("issuer") && equals >= 0 && issuer.isEmpty()) {
                // Forms write a space as a plus sign. Where the label has one too, it is meant.
                String written = pair.substring(equals + 1);
                issuer = Optional.of(decoded(label.contains("+") ? written : written.replace('+', ' ')));
            } else if (MEANINGFUL.contains(name)) {
                parameters.append('&').append(pair);
            }
        }
        Names names = names(issuer, nameOr(decoded(label)));
        String written = SCHEME + type + "/" + encoded(names.account()) + "?"
                + names.issuer().map(name -> "issuer=" + encoded(name)).orElse("") + parameters;
        return new Found(OtpAuthUri.parse(written), changed(original, names));
    }

    private String nameOr(String decodedLabel) {
        return decodedLabel.isBlank() ? unnamed : decodedLabel;
    }

    private static Names names(Optional<String> issuer, String label) throws RefusalException {
        int colon = label.indexOf(':');
        boolean named = issuer.filter(name -> !name.isBlank()).isPresent();
        // The parameter is what apps show; the label's own issuer gives way to it.
        return named && colon >= 0 && !Names.repeats(issuer.get(), label)
                ? Names.of(issuer, label.substring(colon + 1))
                : Names.of(issuer, label);
    }

    private static boolean changed(InvalidOtpAuthUriException original, Names names) {
        return names.changed() || original.reason() == InvalidOtpAuthUriException.Reason.ISSUER_MISMATCH;
    }

    /** A line without a question mark, or with a secret before it, has no name that is surely none. */
    private String nameWithoutSecret() {
        if (label.toLowerCase(Locale.ROOT).contains("secret")) {
            return "";
        }
        try {
            return nameOr(decoded(label));
        } catch (RefusalException e) {
            return label;
        }
    }

    private static String decoded(String text) throws RefusalException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Reason.URI, "A name in the URI is not percent-encoded UTF-8.");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
