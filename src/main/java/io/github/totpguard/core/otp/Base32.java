package io.github.totpguard.core.otp;

/**
 * Base32 of RFC 4648 section 6, the usual text form of one-time password secrets.
 *
 * <p>Encoding writes upper case without padding, as the key URI format requires. Decoding accepts what people and other
 * programs write: lower case, white space and dashes anywhere, up to six {@code =} at the end even if their number is
 * wrong, and left-over bits that are not zero (some generators draw random letters, not random bytes). Decoding drops
 * those bits, so several texts can stand for the same bytes.
 */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_PER_CHARACTER = 5;
    private static final int MAX_PADDING = 6;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << Byte.SIZE) | Byte.toUnsignedInt(b);
            bits += Byte.SIZE;
            while (bits >= BITS_PER_CHARACTER) {
                bits -= BITS_PER_CHARACTER;
                text.append(ALPHABET.charAt((buffer >>> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS_PER_CHARACTER - bits)) & 31));
        }
        return text.toString();
    }

    /**
     * Decodes a text. A text without letters gives no bytes.
     *
     * @throws IllegalArgumentException if a character is not allowed, or if no number of bytes has an encoding of this
     *     length; the message gives the position or the length, never the content
     */
    static byte[] decode(String text) {
        int characters = 0;
        int padding = 0;
        byte[] values = new byte[text.length()];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSeparator(c)) {
                continue;
            }
            if (c == '=' && ++padding <= MAX_PADDING) {
                continue;
            }
            int value = valueOf(c);
            if (value < 0 || padding > 0) {
                throw new IllegalArgumentException("Not Base32: unexpected character at position " + i);
            }
            values[characters++] = (byte) value;
        }
        int leftOverBits = characters * BITS_PER_CHARACTER % Byte.SIZE;
        if (leftOverBits >= BITS_PER_CHARACTER) {
            // The last character would carry no bit of any byte, so the text is truncated (RFC 4648 section 6).
            throw new IllegalArgumentException("Not Base32: " + characters + " characters are no number of bytes");
        }
        return join(values, characters);
    }

    private static byte[] join(byte[] values, int characters) {
        byte[] bytes = new byte[characters * BITS_PER_CHARACTER / Byte.SIZE];
        int buffer = 0;
        int bits = 0;
        int length = 0;
        for (int i = 0; i < characters; i++) {
            buffer = (buffer << BITS_PER_CHARACTER) | values[i];
            bits += BITS_PER_CHARACTER;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[length++] = (byte) (buffer >>> bits);
            }
        }
        return bytes;
    }

    private static int valueOf(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= '2' && c <= '7') {
            return c - '2' + 26;
        }
        return -1;
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION;
    }
}
