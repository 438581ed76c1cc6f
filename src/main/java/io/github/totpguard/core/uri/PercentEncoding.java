package io.github.totpguard.core.uri;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Percent-encoding of RFC 3986 section 2.1 over UTF-8. It does not write a plus sign for a space, as HTML forms do,
 * because an authenticator app would show the plus sign.
 */
final class PercentEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /** Encodes everything except the unreserved characters of RFC 3986 section 2.3. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /**
     * Decodes escapes and keeps everything else, including plus signs and non-ASCII characters.
     *
     * @return empty if a percent sign is not followed by two hexadecimal digits, the bytes are not UTF-8, or the text
     *     contains a lone surrogate
     */
    static Optional<String> decode(String text) {
        try {
            ByteBuffer raw = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            ByteBuffer decoded = ByteBuffer.allocate(raw.remaining());
            while (raw.hasRemaining()) {
                byte b = raw.get();
                if (b == '%') {
                    if (raw.remaining() < 2) {
                        return Optional.empty();
                    }
                    int high = raw.get();
                    int low = raw.get();
                    if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
                        return Optional.empty();
                    }
                    b = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
                }
                decoded.put(b);
            }
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isUnreserved(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
