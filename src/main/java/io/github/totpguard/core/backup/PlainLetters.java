package io.github.totpguard.core.backup;

import java.util.Optional;

/** An input without what keyboards, editors and people put between and around letters. */
final class PlainLetters {
    /** Longest input in UTF-16 units that is looked at; no decorated code comes near it. */
    private static final int MAX_RAW = 128;

    private static final int MINUS_SIGN = 0x2212;
    private static final int BASE_36 = 36;

    private PlainLetters() {}

    /**
     * {@code A-Z} and {@code 0-9} only, upper case. Dropped: spaces and line ends (Zs, Zl, Zp, tab to carriage return),
     * dashes (Pd, and the minus sign) and format characters (Cf). Full-width letters and the digits of all scripts are
     * read as what they mean. Anything else makes the whole input empty.
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
