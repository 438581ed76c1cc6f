package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Optional;

/**
 * Issuer and account as an otpauth URI can hold them, made of what other apps allow: colons, control characters, an
 * account that repeats its issuer, any length, nothing at all.
 *
 * @param changed whether anybody could tell the difference
 */
record Names(Optional<String> issuer, String account, boolean changed) {

    private static final char COLON = ':';

    /**
     * @param issuer empty or blank if the app has none
     * @param account may repeat the issuer, with a colon after it; without an issuer, what is before a colon is one
     * @throws RefusalException if there is neither
     */
    static Names of(Optional<String> issuer, String account) throws RefusalException {
        Optional<String> with = issuer.map(Names::withoutControls).filter(Names::isVisible);
        String whose = withoutControls(account);
        int colon = whose.indexOf(COLON);
        if (with.isEmpty() && colon >= 0) {
            with = Optional.of(whose.substring(0, colon).strip()).filter(Names::isVisible);
            whose = whose.substring(colon + 1).strip();
        } else if (with.isPresent() && repeats(with.get(), whose)) {
            whose = whose.substring(with.get().length() + 1).strip();
        }
        if (!isVisible(whose)) {
            // Nobody has named the account: the service's name stands in for it.
            whose = with.orElseThrow(
                    () -> new RefusalException(Reason.NAME, "The account has neither a name nor an issuer."));
        }
        Optional<String> fittingIssuer = with.map(Names::fitting);
        String fittingAccount = fitting(whose);
        return new Names(fittingIssuer, fittingAccount, !fittingIssuer.equals(with) || !fittingAccount.equals(whose));
    }

    /** A name that a message can show. */
    static String forMessage(String name) {
        return cut(withoutControls(name));
    }

    /** Whether the account begins with the issuer and a colon. */
    static boolean repeats(String issuer, String account) {
        return account.length() > issuer.length()
                && account.charAt(issuer.length()) == COLON
                && account.regionMatches(true, 0, issuer, 0, issuer.length());
    }

    /** A dash for every colon, which would separate issuer and account at another place. */
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

    private static boolean isVisible(String name) {
        return !name.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT);
    }
}
