package io.github.totpguard.keycloak.notify.mail;

/**
 * A name that a user, or whoever got into the account, has chosen, for a mail: mail programs make links of what looks
 * like one, so nothing in it does.
 */
final class MailedName {
    /** As long as a device's name may be; other sources allow more. */
    private static final int LONGEST = 64;

    private MailedName() {}

    /** @return at most {@value #LONGEST} code points; empty if there is no name */
    static String of(String name) {
        if (name == null) {
            return "";
        }
        String plain = name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069:/\\\\@]+", " ")
                .replaceAll("\\.(?=\\p{L})", ". ")
                .replaceAll(" {2,}", " ")
                .strip();
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)).strip();
    }
}
