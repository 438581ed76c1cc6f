package io.github.totpguard.keycloak.notify.mail;

/**
 * Prepares a name for a mail. The user, or an attacker in the user's account, has chosen it. Mail programs turn text
 * that looks like a link into a link, so the result contains no such text.
 */
final class MailedName {
    /** The maximum length of a device's name. Names from other sources can be longer. */
    private static final int MAX_LENGTH = 64;

    private MailedName() {}

    /** @return at most {@value #MAX_LENGTH} code points; empty if there is no name */
    static String of(String name) {
        if (name == null) {
            return "";
        }
        String plain = name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069:/\\\\@]+", " ")
                .replaceAll("\\.(?=\\p{L})", ". ")
                .replaceAll(" {2,}", " ")
                .strip();
        return plain.codePointCount(0, plain.length()) <= MAX_LENGTH
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MAX_LENGTH)).strip();
    }
}
