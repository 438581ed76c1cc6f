package io.github.totpguard.core.otp;

/** Generates the code that a device shows, as text. */
public final class CodeGenerator {

    private static final String STEAM_ALPHABET = "23456789BCDFGHJKMNPQRTVWXY";

    private CodeGenerator() {}

    /**
     * Generates the code of one time step or of one counter.
     *
     * @param factor a time step ({@link OtpParameters.TimeBased#stepAt}) or a counter; all 64 bits are used, as an
     *     unsigned number
     * @return {@link OtpParameters#digits()} characters: ASCII digits in every locale, padded with zeros on the left,
     *     or Steam's characters
     * @throws IllegalStateException if no security provider offers the HMAC for a key of this length
     */
    public static String code(OtpSecret secret, OtpParameters parameters, long factor) {
        HotpGenerator hotp = new HotpGenerator(secret, parameters.algorithm(), parameters.digits());
        return parameters instanceof OtpParameters.Steam
                ? steam(hotp.truncatedAt(factor), parameters.digits())
                : decimal(hotp.numberAt(factor), parameters.digits());
    }

    private static String decimal(int number, int digits) {
        // String.format is not used here: it writes the digits of the default locale.
        char[] code = new char[digits];
        int rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            code[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(code);
    }

    /** Writes the number in base 26, least significant place first. */
    private static String steam(int number, int length) {
        char[] code = new char[length];
        int rest = number;
        for (int i = 0; i < length; i++) {
            code[i] = STEAM_ALPHABET.charAt(rest % STEAM_ALPHABET.length());
            rest /= STEAM_ALPHABET.length();
        }
        return new String(code);
    }
}
