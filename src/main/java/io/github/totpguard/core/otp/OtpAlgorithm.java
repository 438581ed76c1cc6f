package io.github.totpguard.core.otp;

import java.util.Locale;
import java.util.Optional;

/**
 * The HMAC algorithm of a one-time code (RFC 6238 section 1.2).
 *
 * <p>SHA-1 is the default because it is the only algorithm that every authenticator app supports. The known attacks on
 * SHA-1 find collisions; they do not break HMAC-SHA-1.
 */
public enum OtpAlgorithm {
    SHA1("HmacSHA1", 20),
    SHA256("HmacSHA256", 32),
    SHA512("HmacSHA512", 64);

    private final String macName;
    private final int outputBytes;

    OtpAlgorithm(String macName, int outputBytes) {
        this.macName = macName;
        this.outputBytes = outputBytes;
    }

    /**
     * The algorithm that {@link #macName()} names, ignoring case; empty for every other name.
     *
     * @param macName a name of the Java Cryptography Architecture, such as {@code HmacSHA1}
     */
    public static Optional<OtpAlgorithm> ofMacName(String macName) {
        for (OtpAlgorithm algorithm : values()) {
            if (algorithm.macName.equalsIgnoreCase(macName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /**
     * The algorithm that another program's name stands for: {@code SHA1}, {@code SHA-256}, {@code HmacSHA512}, {@code
     * HMAC_SHA256}, {@code Algorithm.sha1}, {@code SHA2-256}, ignoring case; empty for every other name.
     *
     * @param name as it is written in a URI or in a file
     */
    public static Optional<OtpAlgorithm> ofName(String name) {
        // A prefix with a dot is the name of a type in the program that wrote it, as in ente's "Algorithm.sha1".
        String plain = name.substring(name.lastIndexOf('.') + 1)
                .replaceAll("[-_/\\s]", "")
                .toUpperCase(Locale.ROOT)
                .replaceFirst("^HMAC(WITH)?", "")
                .replaceFirst("^SHA2(256|512)$", "SHA$1");
        for (OtpAlgorithm algorithm : values()) {
            if (algorithm.name().equals(plain)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The algorithm's name in the Java Cryptography Architecture and in Keycloak's OTP policy. */
    public String macName() {
        return macName;
    }

    /** Length of the HMAC's output in bytes, which is also the recommended length of a key (RFC 6238 section 5.1). */
    public int outputBytes() {
        return outputBytes;
    }
}
