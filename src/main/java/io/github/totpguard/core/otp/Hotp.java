package io.github.totpguard.core.otp;

import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * HMAC-based one-time passwords of RFC 4226, for all algorithms of RFC 6238.
 *
 * <p>An instance keeps one keyed HMAC and is cheap to ask for many counters; it is not safe for use by two threads.
 */
public final class Hotp {

    private static final int[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private final Mac mac;
    private final int modulus;
    private final byte[] counterBytes = new byte[Long.BYTES];

    /** @param digits {@value OtpParameters#MIN_DIGITS} to {@value OtpParameters#MAX_DIGITS} */
    Hotp(OtpSecret secret, OtpAlgorithm algorithm, int digits) {
        if (digits < OtpParameters.MIN_DIGITS || digits > OtpParameters.MAX_DIGITS) {
            throw new IllegalArgumentException("digits must be " + OtpParameters.MIN_DIGITS + " to "
                    + OtpParameters.MAX_DIGITS + ", not " + digits);
        }
        this.mac = secret.mac(algorithm);
        this.modulus = POWERS_OF_TEN[digits];
    }

    /**
     * The code of one counter, or of one time step (RFC 4226 section 5.3).
     *
     * @param digits {@value OtpParameters#MIN_DIGITS} to {@value OtpParameters#MAX_DIGITS}
     * @param counter the moving factor; all 64 bits count, as an unsigned number
     * @return ASCII digits in every locale, padded with zeros on the left
     * @throws IllegalArgumentException if digits is out of range
     * @throws IllegalStateException if no security provider offers the HMAC for a key of this length
     */
    public static String code(OtpSecret secret, OtpAlgorithm algorithm, int digits, long counter) {
        int number = new Hotp(secret, algorithm, digits).numberAt(counter);
        // Not String.format: its digits are those of the default locale.
        char[] code = new char[digits];
        for (int i = digits - 1; i >= 0; i--) {
            code[i] = (char) ('0' + number % 10);
            number /= 10;
        }
        return new String(code);
    }

    /** The code of a counter as a number, without its leading zeros. */
    int numberAt(long counter) {
        // RFC 4226 section 5.1: 8 bytes, the most significant first.
        byte[] hash = mac.doFinal(ByteBuffer.wrap(counterBytes).putLong(counter).array());
        // RFC 4226 section 5.3, dynamic truncation. RFC 6238 keeps it for longer hashes: the offset is in the last
        // byte.
        int offset = hash[hash.length - 1] & 0xf;
        int truncated = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
        return truncated % modulus;
    }
}
