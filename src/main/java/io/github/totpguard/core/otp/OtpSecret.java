package io.github.totpguard.core.otp;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that a user's device and the server share (RFC 4226 section 4, K).
 *
 * <p>Immutable. Comparison takes the same time wherever two secrets differ. Of the texts that this class makes,
 * exceptions included, only {@link #toBase32()} contains any part of the secret.
 */
public final class OtpSecret {

    /**
     * The maximum length in bytes. The block of the widest HMAC has 128 bytes; longer keys are hashed (RFC 2104 section
     * 2).
     */
    public static final int MAX_BYTES = 1024;

    // A text with as many separators as letters is accepted. A user would not type a longer one.
    private static final int MAX_TEXT = 2 * (MAX_BYTES * Byte.SIZE / 5 + 1);

    private final byte[] bytes;

    private OtpSecret(byte[] bytes) {
        if (bytes.length < 1 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A secret has 1 to " + MAX_BYTES + " bytes, this one has " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * Generates a secret as long as the output of the HMAC that will use it (RFC 6238 section 5.1): 160, 256 or 512
     * bits, all of them random (RFC 4226 section 4 R6, section 7.5).
     */
    public static OtpSecret generate(OtpAlgorithm algorithm, SecureRandom random) {
        byte[] bytes = new byte[algorithm.outputBytes()];
        random.nextBytes(bytes);
        return new OtpSecret(bytes);
    }

    /**
     * @param bytes 1 to {@value #MAX_BYTES} bytes, copied
     * @throws IllegalArgumentException if there are none or more than {@value #MAX_BYTES} bytes
     */
    public static OtpSecret ofBytes(byte[] bytes) {
        return new OtpSecret(bytes.clone());
    }

    /**
     * Reads a secret as apps and people write it: Base32 (RFC 4648 section 6), also with lower case, white space,
     * dashes, padding at the end and left-over bits that are not zero.
     *
     * @throws IllegalArgumentException if the text is not Base32 or does not have 1 to {@value #MAX_BYTES} bytes; the
     *     message contains a position or a length, never content
     */
    public static OtpSecret ofBase32(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "A secret has up to " + MAX_TEXT + " characters, this one has " + text.length());
        }
        return new OtpSecret(Base32.decode(text));
    }

    /** Base32 in upper case without padding (RFC 4648 section 6), as the key URI format requires. */
    public String toBase32() {
        return Base32.encode(bytes);
    }

    /** A copy of the bytes of the secret. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Length in bits, a multiple of 8. RFC 4226 section 4 R6 requires 128 and recommends 160. */
    public int bits() {
        return bytes.length * Byte.SIZE;
    }

    /**
     * An HMAC keyed with this secret. It can be used for several messages in turn.
     *
     * @throws IllegalStateException if no security provider has the algorithm or accepts a key of this length
     */
    Mac mac(OtpAlgorithm algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm.macName());
            mac.init(new SecretKeySpec(bytes, algorithm.macName()));
            return mac;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No security provider has " + algorithm.macName(), e);
        } catch (InvalidKeyException e) {
            // A provider in a strict FIPS 140 mode refuses keys of fewer than 112 bits.
            throw new IllegalStateException(
                    "The security provider refuses a key of " + bits() + " bits for " + algorithm.macName(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OtpSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Shows only the length. */
    @Override
    public String toString() {
        return "OtpSecret[" + bits() + " bits]";
    }
}
