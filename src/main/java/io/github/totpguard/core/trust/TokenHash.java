package io.github.totpguard.core.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The stored hash of one part of a {@link TrustToken}.
 *
 * @param text SHA-256 in base64url without padding, 43 characters
 */
public record TokenHash(String text) {
    public TokenHash {
        if (!text.matches("[A-Za-z0-9_-]{43}")) {
            throw new IllegalArgumentException("Not a hash");
        }
    }

    /** Compares in constant time. */
    boolean isSameAs(TokenHash other) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.US_ASCII), other.text.getBytes(StandardCharsets.US_ASCII));
    }
}
