package io.github.totpguard.core.uri;

/** What the owner of an account should know about how it was read. */
public enum ReadingNote {
    /** The secret has fewer than {@value AccountReading#STRONG_BITS} bits (RFC 4226 section 4 R6). */
    WEAK_SECRET,
    /** The label names another issuer than the parameter. The parameter was taken, which is what apps show. */
    ISSUER_DIFFERS,
    /** Issuer or account is written in another way: it held a colon or a control character, or was too long. */
    NAME_CHANGED,
    /** There was neither an issuer nor an account; the account is called {@value AccountNames#UNNAMED}. */
    NAME_MISSING,
    /** A parameter was known under another name, such as {@code digit} for {@code digits}. */
    PARAMETER_SPELLING,
    /** The algorithm was known under another name, such as {@code HmacSHA256} for {@code SHA256}. */
    ALGORITHM_SPELLING,
    /** The secret was written in lower case, or with padding, white space or dashes. */
    SECRET_SPELLING,
    /** Escapes of HTML, such as {@code &amp;}, were taken for what they stand for. */
    HTML_ESCAPES
}
