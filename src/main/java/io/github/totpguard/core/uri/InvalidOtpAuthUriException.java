package io.github.totpguard.core.uri;

/**
 * Why an {@code otpauth://} URI cannot be read or created. The message says what is wrong. It also says what was
 * expected and what was found, unless that is part of the secret.
 */
public final class InvalidOtpAuthUriException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidOtpAuthUriException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason, for a message in the user's language. */
    public Reason reason() {
        return reason;
    }

    /** All possible reasons. */
    public enum Reason {
        /**
         * The URI has, or would have, more than {@value OtpAuthUri#MAX_LENGTH} characters. For reading, the limit is
         * {@value OtpAuthReader#MAX_LENGTH}.
         */
        TOO_LONG,
        /** It does not begin with {@code otpauth://}. */
        SCHEME,
        /** The type is not {@code totp}, {@code hotp} or {@code steam}. */
        TYPE,
        /** A percent sign without two hexadecimal digits, or bytes that are not UTF-8. */
        ENCODING,
        /** The account's name is missing or has no visible character. */
        ACCOUNT_BLANK,
        /** The issuer is present but has no visible character. */
        ISSUER_BLANK,
        /** Issuer or account contains a colon, which separates the two. */
        NAME_HAS_COLON,
        /** Issuer or account contains a control character. */
        NAME_HAS_CONTROL_CHARACTER,
        /** Issuer or account contains a lone surrogate, which is not a character and cannot be encoded in UTF-8. */
        NAME_HAS_LONE_SURROGATE,
        /** Issuer or account has more than {@value OtpAuthUri#MAX_NAME_LENGTH} characters. */
        NAME_TOO_LONG,
        /** Issuer or account contains something that looks like a secret, or the account's own secret. */
        SECRET_IN_NAME,
        /** A value contains another URI, or a parameter that was meant to be separate. */
        EMBEDDED,
        /** A known parameter occurs twice, with two values. */
        DUPLICATE_PARAMETER,
        /** The name of a parameter is similar to one that changes the codes. */
        SIMILAR_PARAMETER,
        /** The secret is missing or empty. */
        SECRET_MISSING,
        /** The secret is not Base32, or is too long. */
        SECRET_INVALID,
        /** The algorithm is not SHA1, SHA256 or SHA512. */
        ALGORITHM,
        /** The number of digits is out of range or not a number. */
        DIGITS,
        /** The period is out of range or not a number. */
        PERIOD,
        /** A counter is missing for {@code hotp}, is present for {@code totp}, is negative or is not a number. */
        COUNTER
    }
}
