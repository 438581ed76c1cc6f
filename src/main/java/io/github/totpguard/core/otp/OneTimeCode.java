package io.github.totpguard.core.otp;

import java.util.Optional;

/**
 * A code that a user entered, reduced to its digits.
 *
 * <p>Phones and keyboards decorate codes: groups with spaces or dashes, no-break spaces and bidi marks from copied
 * text, full-width, Arabic-Indic and other digits. All spellings of a code are equal in every later check. Otherwise a
 * second spelling would allow a replay.
 */
public final class OneTimeCode {

    /** The maximum length of an input in UTF-16 units. Eight digits with separators are much shorter. */
    private static final int MAX_RAW = 64;

    private final int number;
    private final int length;

    private OneTimeCode(int number, int length) {
        this.number = number;
        this.length = length;
    }

    /**
     * Reads a code from a user's input. It removes spaces and line ends (Zs, Zl, Zp, tab to carriage return), dashes
     * (Pd) and format characters (Cf), and reads all decimal digits of Unicode (Nd). The result is empty if there is
     * any other character, including signs and underscores, if there are fewer than {@value
     * OtpParameters#MIN_LOGIN_DIGITS} or more than {@value OtpParameters#MAX_LOGIN_DIGITS} digits, or if the input is
     * longer than 64 UTF-16 units.
     *
     * <p>Never throws. The work is bounded for inputs of every size.
     *
     * @param raw untrusted input; {@code null}, a form's missing field, gives an empty result
     */
    public static Optional<OneTimeCode> parse(String raw) {
        if (raw == null || raw.length() > MAX_RAW) {
            return Optional.empty();
        }
        int number = 0;
        int length = 0;
        for (int i = 0; i < raw.length(); ) {
            int codePoint = raw.codePointAt(i);
            i += Character.charCount(codePoint);
            if (isDecoration(codePoint)) {
                continue;
            }
            // In radix 10, digit() accepts the decimal digits of all scripts, also above the BMP, and no other
            // character.
            int digit = Character.digit(codePoint, 10);
            if (digit < 0 || length == OtpParameters.MAX_LOGIN_DIGITS) {
                return Optional.empty();
            }
            number = number * 10 + digit;
            length++;
        }
        return length < OtpParameters.MIN_LOGIN_DIGITS
                ? Optional.empty()
                : Optional.of(new OneTimeCode(number, length));
    }

    private static boolean isDecoration(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.FORMAT -> true;
            default -> codePoint >= '\t' && codePoint <= '\r';
        };
    }

    /** Number of digits, {@value OtpParameters#MIN_LOGIN_DIGITS} to {@value OtpParameters#MAX_LOGIN_DIGITS}. */
    public int length() {
        return length;
    }

    /** Whether the code has exactly this many digits. */
    public boolean hasDigits(int digits) {
        return length == digits;
    }

    /**
     * Returns 1 if this is the code of the given number and length, otherwise 0. It takes the same time for all values
     * and has no branch on them, so that an attacker cannot measure how much of a guess was right.
     *
     * @param expected the number of the right code, without its leading zeros
     * @param digits the length of the right code, with its leading zeros
     */
    int matches(int expected, int digits) {
        int difference = (number ^ expected) | (length ^ digits);
        // The sign bit of d | -d is set for every d except zero.
        return 1 ^ ((difference | -difference) >>> 31);
    }

    /** Shows only the length: anyone who reads a code in a log could use it before the user does. */
    @Override
    public String toString() {
        return "OneTimeCode[" + length + " digits]";
    }
}
