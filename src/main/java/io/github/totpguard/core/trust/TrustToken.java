package io.github.totpguard.core.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The token of a trusted browser: the key of its token family, which stays the same, and a secret, which is rotated at
 * every use. Both are 256 random bits. A browser that presents the key with a secret other than the newest has, or had,
 * a copy of the token (reuse detection). The key cannot be guessed, so an attacker cannot end a user's trust with a
 * made-up token.
 */
public final class TrustToken {
    /** Length of the key and of the secret. */
    public static final int BYTES = 32;

    /** Key and secret in base64url without padding (RFC 4648 section 5), with a dot between them. */
    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{43}\\.[A-Za-z0-9_-]{43}");

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int SEPARATOR = '.';

    private final String key;
    private final String secret;

    private TrustToken(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    /**
     * Creates the first token of a new token family.
     *
     * @param key {@value #BYTES} random bytes
     * @param secret {@value #BYTES} more random bytes
     */
    public static TrustToken of(byte[] key, byte[] secret) {
        return new TrustToken(text(key), text(secret));
    }

    /** Reads the value that a browser sent; empty if it does not have the format of a token. */
    public static Optional<TrustToken> read(String value) {
        if (!FORMAT.matcher(value).matches()) {
            return Optional.empty();
        }
        int end = value.indexOf(SEPARATOR);
        return Optional.of(new TrustToken(value.substring(0, end), value.substring(end + 1)));
    }

    /**
     * The next token of the same family.
     *
     * @param fresh {@value #BYTES} random bytes
     */
    public TrustToken next(byte[] fresh) {
        return new TrustToken(key, text(fresh));
    }

    /** The value for the browser. It must not be stored or logged. */
    public String value() {
        return key + (char) SEPARATOR + secret;
    }

    /** SHA-256 of the key. The key has 256 random bits, so no slower hash is needed. */
    public TokenHash keyHash() {
        return hash(key);
    }

    /** SHA-256 of the secret. */
    public TokenHash secretHash() {
        return hash(secret);
    }

    /** Contains neither key nor secret. */
    @Override
    public String toString() {
        return "TrustToken";
    }

    private static String text(byte[] random) {
        if (random.length != BYTES) {
            throw new IllegalArgumentException("A token has " + BYTES + " random bytes, not " + random.length);
        }
        return BASE64.encodeToString(random);
    }

    /** Hashes the text, not the bytes, so that exactly one spelling is valid. */
    private static TokenHash hash(String part) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(part.getBytes(StandardCharsets.US_ASCII));
            return new TokenHash(BASE64.encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
