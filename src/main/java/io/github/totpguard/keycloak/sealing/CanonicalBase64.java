package io.github.totpguard.keycloak.sealing;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 4648 section 5), in its canonical form only. Lenient decoders read several texts as
 * the same bytes (unused bits, padding), so a changed character could go undetected.
 */
final class CanonicalBase64 {
    private static final int GROUP = 4;

    /** The possible last characters if all unused bits are 0, after one byte in the last group and after two. */
    private static final String ENDS_OF_ONE_BYTE = "AQgw";

    private static final String ENDS_OF_TWO_BYTES = "AEIMQUYcgkosw048";

    private CanonicalBase64() {}

    /** The decoded bytes; empty if the text is not base64url in its canonical form. */
    static Optional<byte[]> decode(String text) {
        if (!endsCanonically(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the end is canonical. Only there is Java's decoder lenient. */
    private static boolean endsCanonically(String text) {
        if (text.isEmpty()) {
            return true;
        }
        char last = text.charAt(text.length() - 1);
        return switch (text.length() % GROUP) {
            case 0 -> last != '=';
            case 2 -> ENDS_OF_ONE_BYTE.indexOf(last) >= 0;
            case 3 -> ENDS_OF_TWO_BYTES.indexOf(last) >= 0;
            default -> false;
        };
    }
}
