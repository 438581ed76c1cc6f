package io.github.totpguard.core.uri;

/**
 * Why an {@code otpauth://} URI cannot be read, or cannot be made. The message names what is wrong and, where they are
 * no part of the secret, what was expected and what was found.
 */
public final class InvalidOtpAuthUriException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidOtpAuthUriException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong, for a message in the user's language. */
    public Reason reason() {
        return reason;
    }

    /** All that can be wrong. */
    public enum Reason {
        /** The URI has, or would have, more than {@value OtpAuthUri#MAX_LENGTH} characters. What is read has up to {@value OtpAuthReader#MAX_LENGTH}. */
        TOO_LONG,
        /** It does not begin with {@code otpauth://}. */
        SCHEME,
        /** The type is none of {@code totp}, {@code hotp}, {@code steam}. */
        TYPE,
        /** A percent sign without two hexadecimal digits, or bytes that are not UTF-8. */
        ENCODING,
        /** The account's name is missing or has no visible character. */
        ACCOUNT_BLANK,
        /** The issuer is there but has no visible character. */
        ISSUER_BLANK,
        /** Issuer or account holds a colon, which separates the two. */
        NAME_HAS_COLON,
        /** Issuer or account holds a control character. */
        NAME_HAS_CONTROL_CHARACTER,
        /** Issuer or account holds half a surrogate pair, which is no character and has no UTF-8. */
        NAME_HAS_LONE_SURROGATE,
        /** Issuer or account has more than {@value OtpAuthUri#MAX_NAME_LENGTH} characters. */
        NAME_TOO_LONG,
        /** Issuer or account holds something that looks like a secret, or the account's own secret. */
        SECRET_IN_NAME,
        /** A value holds another URI, or a parameter that was meant to stand beside it. */
        EMBEDDED,
        /** A parameter with a meaning is there twice, with two values. */
        DUPLICATE_PARAMETER,
        /** A parameter is nearly called like one that changes the codes. */
        SIMILAR_PARAMETER,
        /** There is no secret, or an empty one. */
        SECRET_MISSING,
        /** The secret is not Base32, or too long. */
        SECRET_INVALID,
        /** The algorithm is none of SHA1, SHA256, SHA512. */
        ALGORITHM,
        /** The number of digits is out of range or no number. */
        DIGITS,
        /** The period is out of range or no number. */
        PERIOD,
        /** A counter is missing for {@code hotp}, is there for {@code totp}, is negative or no number. */
        COUNTER
    }
}
