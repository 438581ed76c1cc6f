package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpSecret;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Issuer and account in a form that fits into an {@link OtpAuthUri}. Other programs allow more: colons, control
 * characters, an account that repeats its issuer, any length, no name at all.
 *
 * @param notes what was changed
 */
public record AccountNames(Optional<String> issuer, String account, Set<ReadingNote> notes) {

    /** The name of an account that has neither an issuer nor a name. */
    public static final String UNNAMED = "Unnamed account";

    private static final char COLON = ':';

    // Some programs write this if a variable has no value.
    private static final String NO_VALUE = "null";

    /**
     * @param issuer empty or blank if the app has none
     * @param account may repeat the issuer, followed by a colon; if issuer is empty, the text before a colon is the
     *     issuer
     * @param secret the secret of the account, which must not be part of a name
     * @throws InvalidOtpAuthUriException if a name contains a URI, a parameter or something that looks like a secret
     */
    public static AccountNames of(Optional<String> issuer, String account, OtpSecret secret) {
        issuer.ifPresent(name -> SecretLikeness.checkName("issuer", name, secret));
        SecretLikeness.checkName("account", account, secret);
        EnumSet<ReadingNote> notes = EnumSet.noneOf(ReadingNote.class);
        if (HtmlEscapes.areIn(issuer.orElse("")) || HtmlEscapes.areIn(account)) {
            notes.add(ReadingNote.HTML_ESCAPES);
        }
        Optional<String> service = issuer.map(HtmlEscapes::resolved)
                .map(AccountNames::withoutControls)
                .filter(AccountNames::isName);
        String user = withoutControls(HtmlEscapes.resolved(account));
        int colon = user.indexOf(COLON);
        if (service.isEmpty() && colon >= 0) {
            service = Optional.of(user.substring(0, colon).strip()).filter(AccountNames::isName);
            user = user.substring(colon + 1).strip();
        } else if (service.isPresent() && repeats(service.get(), user)) {
            user = user.substring(service.get().length() + 1).strip();
        }
        if (!isName(user)) {
            // The service's name replaces the missing account name.
            user = service.orElse(UNNAMED);
        }
        if (service.isEmpty() && user.equals(UNNAMED)) {
            notes.add(ReadingNote.NAME_MISSING);
        }
        Optional<String> fittingIssuer = service.map(AccountNames::fitting);
        String fittingAccount = fitting(user);
        if (!fittingIssuer.equals(service) || !fittingAccount.equals(user)) {
            notes.add(ReadingNote.NAME_CHANGED);
        }
        return new AccountNames(fittingIssuer, fittingAccount, notes);
    }

    /** A name that a message can show: up to 255 characters on one line; empty if it may contain a secret. */
    public static String forMessage(String name) {
        return SecretLikeness.isIn(name) ? "" : cut(withoutControls(name));
    }

    /** Whether the account begins with the issuer and a colon, ignoring case. */
    static boolean repeats(String issuer, String account) {
        return account.length() > issuer.length()
                && account.charAt(issuer.length()) == COLON
                && account.regionMatches(true, 0, issuer, 0, issuer.length());
    }

    /** Replaces every colon with a dash: a colon would separate issuer and account in the wrong place. */
    private static String fitting(String name) {
        return cut(name.replace(COLON, '-')).strip();
    }

    private static String withoutControls(String name) {
        StringBuilder text = new StringBuilder(Math.min(name.length(), OtpAuthUri.MAX_NAME_LENGTH));
        name.codePoints().forEach(c -> {
            boolean unfit = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
            text.appendCodePoint(unfit ? ' ' : c);
        });
        return text.toString().strip();
    }

    private static String cut(String name) {
        if (name.length() <= OtpAuthUri.MAX_NAME_LENGTH) {
            return name;
        }
        int end = OtpAuthUri.MAX_NAME_LENGTH;
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end);
    }

    /** Whether the text is a name: it has visible characters, and is not the placeholder of a missing value. */
    public static boolean isName(String name) {
        return !Arrays.stream(name.split(":"))
                .allMatch(part -> OtpAuthUri.isBlank(part) || part.strip().equals(NO_VALUE));
    }
}
