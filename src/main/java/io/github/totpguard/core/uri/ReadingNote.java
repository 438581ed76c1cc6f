package io.github.totpguard.core.uri;

/** What the owner of an account should know about how it was read. */
public enum ReadingNote {
    /** The secret has fewer than {@value AccountReading#STRONG_BITS} bits (RFC 4226 section 4 R6). */
    WEAK_SECRET,
    /** The label names a different issuer than the parameter. The parameter is used, as apps do. */
    ISSUER_DIFFERS,
    /** Issuer or account was changed: it contained a colon or a control character, or was too long. */
    NAME_CHANGED,
    /** There was neither an issuer nor an account. The account is named {@value AccountNames#UNNAMED}. */
    NAME_MISSING,
    /** A parameter had another name, such as {@code digit} for {@code digits}. */
    PARAMETER_SPELLING,
    /** The algorithm had another name, such as {@code HmacSHA256} for {@code SHA256}. */
    ALGORITHM_SPELLING,
    /** The secret was written in lower case, or with padding, white space or dashes. */
    SECRET_SPELLING,
    /** HTML escapes, such as {@code &amp;}, were resolved. */
    HTML_ESCAPES
}
