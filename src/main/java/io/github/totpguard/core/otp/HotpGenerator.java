package io.github.totpguard.core.otp;

import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * Generates HMAC-based one-time passwords of RFC 4226 as numbers, with all algorithms of RFC 6238.
 *
 * <p>An instance keeps one keyed HMAC, so that codes of many counters are cheap. It is not thread-safe.
 */
final class HotpGenerator {

    /** No modulus is needed for ten digits: they hold every 31-bit number, and 10^10 does not fit into an int. */
    private static final int NO_MODULUS = 0;

    private final Mac mac;
    private final int modulus;
    private final ByteBuffer counterBytes = ByteBuffer.allocate(Long.BYTES);

    /** @param digits {@value OtpParameters#MIN_DIGITS} to {@value OtpParameters#MAX_DIGITS} */
    HotpGenerator(OtpSecret secret, OtpAlgorithm algorithm, int digits) {
        if (digits < OtpParameters.MIN_DIGITS || digits > OtpParameters.MAX_DIGITS) {
            throw new IllegalArgumentException("digits must be " + OtpParameters.MIN_DIGITS + " to "
                    + OtpParameters.MAX_DIGITS + ", not " + digits);
        }
        this.mac = secret.mac(algorithm);
        this.modulus = digits == OtpParameters.MAX_DIGITS ? NO_MODULUS : powerOfTen(digits);
    }

    /** The code of a counter as a number, without its leading zeros (RFC 4226 section 5.3). */
    int numberAt(long counter) {
        int truncated = truncatedAt(counter);
        return modulus == NO_MODULUS ? truncated : truncated % modulus;
    }

    /** The 31 bits that a code is derived from, as a number that is not negative. */
    int truncatedAt(long counter) {
        // RFC 4226 section 5.1: 8 bytes, the most significant first.
        byte[] hash = mac.doFinal(counterBytes.putLong(0, counter).array());
        // RFC 4226 section 5.3, dynamic truncation. RFC 6238 keeps it for longer hashes: the offset is in the last
        // byte.
        int offset = hash[hash.length - 1] & 0xf;
        return ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
    }

    private static int powerOfTen(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
