package io.github.totpguard.core.backup;

import java.util.Optional;

/** Removes from an input what keyboards, editors and people add between and around letters. */
final class PlainLetters {
    /** The maximum length of an input in UTF-16 units. Codes with separators are much shorter. */
    static final int MAX_RAW = 128;

    private static final int MINUS_SIGN = 0x2212;
    private static final int BASE_36 = 36;

    private PlainLetters() {}

    /**
     * Returns {@code A-Z} and {@code 0-9} only, in upper case. It removes spaces and line ends (Zs, Zl, Zp, tab to
     * carriage return), dashes (Pd, and the minus sign) and format characters (Cf). It converts full-width letters and
     * the digits of all scripts to ASCII. If there is any other character, the result is empty.
     */
    static Optional<String> of(String raw) {
        if (raw == null || raw.length() > MAX_RAW) {
            return Optional.empty();
        }
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < raw.length(); ) {
            int codePoint = raw.codePointAt(i);
            i += Character.charCount(codePoint);
            if (isDecoration(codePoint)) {
                continue;
            }
            int value = Character.digit(codePoint, BASE_36);
            if (value < 0) {
                return Optional.empty();
            }
            letters.append(Character.toUpperCase(Character.forDigit(value, BASE_36)));
        }
        return Optional.of(letters.toString());
    }

    private static boolean isDecoration(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.FORMAT -> true;
            default -> codePoint == MINUS_SIGN || codePoint >= '\t' && codePoint <= '\r';
        };
    }
}
