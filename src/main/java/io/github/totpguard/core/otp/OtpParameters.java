package io.github.totpguard.core.otp;

import java.util.Objects;

/**
 * How a code is derived from a secret: from the time ({@link TimeBased}) or from a counter ({@link Hotp}). The secret
 * is not included.
 *
 * <p>Other services use parameters beyond the standards. The range for a login to Keycloak is narrower: {@link
 * #fitForLogin()}.
 */
public sealed interface OtpParameters permits OtpParameters.TimeBased, OtpParameters.Hotp {

    /** The minimum number of digits of any code. */
    int MIN_DIGITS = 1;

    /** The maximum number of digits of any code: a 31-bit number has up to ten, and the first of ten is 0, 1 or 2. */
    int MAX_DIGITS = 10;

    /** The minimum number of digits of a code for login (RFC 4226 section 5.3: at least 6). */
    int MIN_LOGIN_DIGITS = 6;

    /**
     * The maximum number of digits of a code for login: the first digits of longer codes add little (RFC 4226 section
     * 5.3).
     */
    int MAX_LOGIN_DIGITS = 8;

    /** The shortest time step in seconds. */
    int MIN_PERIOD_SECONDS = 1;

    /** The longest time step in seconds, a day. */
    int MAX_PERIOD_SECONDS = 86_400;

    /** The longest time step for login: a code stays valid for at least one time step (RFC 6238 section 5.2). */
    int MAX_LOGIN_PERIOD_SECONDS = 300;

    /** The HMAC algorithm of the code. */
    OtpAlgorithm algorithm();

    /** Length of a code in characters, {@value #MIN_DIGITS} to {@value #MAX_DIGITS}. */
    int digits();

    /**
     * Whether these parameters are allowed for login: {@value #MIN_LOGIN_DIGITS} to {@value #MAX_LOGIN_DIGITS} decimal
     * digits, a period of up to {@value #MAX_LOGIN_PERIOD_SECONDS} seconds.
     */
    default boolean fitForLogin() {
        return digits() >= MIN_LOGIN_DIGITS && digits() <= MAX_LOGIN_DIGITS;
    }

    /**
     * Checks the parameters before a code is verified or a device is enrolled.
     *
     * @throws IllegalArgumentException if these are not {@link #fitForLogin()}
     */
    default void requireFitForLogin() {
        if (!fitForLogin()) {
            throw new IllegalArgumentException("A login takes codes of " + MIN_LOGIN_DIGITS + " to " + MAX_LOGIN_DIGITS
                    + " digits and a period of up to " + MAX_LOGIN_PERIOD_SECONDS + " seconds, not " + this);
        }
    }

    /** A code that is derived from the time; T0 is the Unix epoch (RFC 6238 section 4.1). */
    sealed interface TimeBased extends OtpParameters permits Totp, Steam {

        /** Length of a time step (X), {@value #MIN_PERIOD_SECONDS} to {@value #MAX_PERIOD_SECONDS} seconds. */
        int periodSeconds();

        @Override
        default boolean fitForLogin() {
            return OtpParameters.super.fitForLogin() && periodSeconds() <= MAX_LOGIN_PERIOD_SECONDS;
        }

        /**
         * The time step at a time (RFC 6238 section 4.2), in 64 bits and therefore beyond the year 2038.
         *
         * @param epochSecond seconds since 1970-01-01T00:00Z, not negative
         * @return a step from 0 to {@code Long.MAX_VALUE / periodSeconds}
         * @throws IllegalArgumentException if the time is negative
         */
        default long stepAt(long epochSecond) {
            if (epochSecond < 0) {
                throw new IllegalArgumentException("epochSecond is negative: " + epochSecond);
            }
            return Math.floorDiv(epochSecond, (long) periodSeconds());
        }

        /**
         * The first second of a time step.
         *
         * @param step 0 to {@code Long.MAX_VALUE / periodSeconds}
         * @return seconds since 1970-01-01T00:00Z
         * @throws IllegalArgumentException if the start of the step does not fit into 64 bits
         */
        default long startOf(long step) {
            if (step < 0 || step > Long.MAX_VALUE / periodSeconds()) {
                throw new IllegalArgumentException("The start of the step does not fit into 64 bits: " + step);
            }
            return step * periodSeconds();
        }
    }

    /**
     * A code of decimal digits that is derived from the time (RFC 6238).
     *
     * @param digits {@value OtpParameters#MIN_DIGITS} to {@value OtpParameters#MAX_DIGITS}
     * @param periodSeconds {@value OtpParameters#MIN_PERIOD_SECONDS} to {@value OtpParameters#MAX_PERIOD_SECONDS}
     *     seconds
     */
    record Totp(OtpAlgorithm algorithm, int digits, int periodSeconds) implements TimeBased {

        /** SHA-1, 6 digits, 30 seconds: what every authenticator app supports. */
        public static final Totp DEFAULT = new Totp(OtpAlgorithm.SHA1, 6, 30);

        /** @throws IllegalArgumentException if digits or period is out of range */
        public Totp {
            Objects.requireNonNull(algorithm, "algorithm");
            requireInRange("digits", digits, MIN_DIGITS, MAX_DIGITS);
            requireInRange("periodSeconds", periodSeconds, MIN_PERIOD_SECONDS, MAX_PERIOD_SECONDS);
        }
    }

    /**
     * The code of Steam's mobile app: SHA-1, 30 seconds, and five of 26 characters instead of digits. There is no
     * standard. All parameters are fixed.
     */
    record Steam() implements TimeBased {

        @Override
        public OtpAlgorithm algorithm() {
            return OtpAlgorithm.SHA1;
        }

        @Override
        public int digits() {
            return 5;
        }

        @Override
        public int periodSeconds() {
            return 30;
        }
    }

    /**
     * A code that is derived from a counter (RFC 4226).
     *
     * @param digits {@value OtpParameters#MIN_DIGITS} to {@value OtpParameters#MAX_DIGITS}
     */
    record Hotp(OtpAlgorithm algorithm, int digits) implements OtpParameters {

        /**
         * The highest counter. The standard counts to 2^64 - 1 (RFC 4226 section 5.1), but JSON readers keep integers
         * exactly only up to this value (RFC 8259 section 6). At a code a second it is reached after 285 million years.
         */
        public static final long END_OF_COUNTERS = (1L << 53) - 1;

        /** Whether there is no code left for this counter. Such an account must not be stored. */
        public static boolean isAtEnd(long counter) {
            return counter >= END_OF_COUNTERS;
        }

        /** @throws IllegalArgumentException if digits is out of range */
        public Hotp {
            Objects.requireNonNull(algorithm, "algorithm");
            requireInRange("digits", digits, MIN_DIGITS, MAX_DIGITS);
        }
    }

    private static void requireInRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
