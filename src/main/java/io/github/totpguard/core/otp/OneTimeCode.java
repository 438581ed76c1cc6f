package io.github.totpguard.core.otp;

import java.util.Optional;

/**
 * A code as a user entered it, reduced to its digits.
 *
 * <p>Phones and keyboards decorate codes: groups with spaces or dashes, no-break spaces and bidi marks from copied
 * text, full-width, Arabic-Indic and other digits. All of these are the same code; two spellings of one code are equal
 * to every check that follows, so that none of them can be used a second time.
 */
public final class OneTimeCode {

    /** Longest input in UTF-16 units that is looked at; no decorated code of eight digits comes near it. */
    private static final int MAX_RAW = 64;

    private final int number;
    private final int length;

    private OneTimeCode(int number, int length) {
        this.number = number;
        this.length = length;
    }

    /**
     * The code in a user's input, if there is one. Dropped: spaces and line ends (Zs, Zl, Zp, tab to carriage return),
     * dashes (Pd) and format characters (Cf). Taken as digits: all decimal digits of Unicode (Nd). Anything else,
     * signs and underscores included, fewer than {@value OtpParameters#MIN_LOGIN_DIGITS} or more than
     * {@value OtpParameters#MAX_LOGIN_DIGITS} digits, or more than 64 UTF-16 units of input, is no code.
     *
     * <p>Never throws. The work is bounded whatever the size of the input.
     *
     * @param raw what came from outside; {@code null}, a form's missing field, is no code either
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
            // In radix 10, digit() knows the decimal digits of all scripts and nothing else, above the BMP too.
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
     * 1 if this is the code of the given number and length, otherwise 0; in the same time for all values and without a
     * branch on them, so that how much of a guess was right cannot be measured.
     *
     * @param expected the number of the right code, without its leading zeros
     * @param digits the length of the right code, with its leading zeros
     */
    int matches(int expected, int digits) {
        int difference = (number ^ expected) | (length ^ digits);
        // The sign bit of d | -d is set for every d but zero.
        return 1 ^ ((difference | -difference) >>> 31);
    }

    /** The length and nothing else: a code in a log is a code for whoever reads the log first. */
    @Override
    public String toString() {
        return "OneTimeCode[" + length + " digits]";
    }
}
