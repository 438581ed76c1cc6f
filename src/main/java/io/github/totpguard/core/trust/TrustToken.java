package io.github.totpguard.core.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a trusted browser holds: the key of its line of trust, which stays, and a secret, which changes at every use. Both
 * are 256 random bits. Whoever presents the key with another secret than the newest has, or had, a copy: nobody can guess
 * the key, so nobody else can end somebody's trust by presenting rubbish.
 */
public final class TrustToken {
    /** Of the key, and of the secret. */
    public static final int BYTES = 32;

    /** Both in base64url without padding (RFC 4648 section 5), a dot between them. */
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
     * The first of a new line.
     *
     * @param key {@value #BYTES} random bytes
     * @param secret {@value #BYTES} others
     */
    public static TrustToken of(byte[] key, byte[] secret) {
        return new TrustToken(text(key), text(secret));
    }

    /** What a browser sent, or empty if it cannot be one of ours. */
    public static Optional<TrustToken> read(String value) {
        if (!FORMAT.matcher(value).matches()) {
            return Optional.empty();
        }
        int end = value.indexOf(SEPARATOR);
        return Optional.of(new TrustToken(value.substring(0, end), value.substring(end + 1)));
    }

    /**
     * The next of the same line.
     *
     * @param fresh {@value #BYTES} random bytes
     */
    public TrustToken next(byte[] fresh) {
        return new TrustToken(key, text(fresh));
    }

    /** For the browser, and for nobody else. */
    public String value() {
        return key + (char) SEPARATOR + secret;
    }

    /** SHA-256 of the key. Of 256 random bits no slower hash is needed. */
    public TokenHash keyHash() {
        return hash(key);
    }

    /** SHA-256 of the secret. */
    public TokenHash secretHash() {
        return hash(secret);
    }

    /** Without what it holds. */
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

    /** Of the text, not of the bytes: so there is exactly one spelling. */
    private static TokenHash hash(String part) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(part.getBytes(StandardCharsets.US_ASCII));
            return new TokenHash(BASE64.encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
