package io.github.totpguard.core.transfer;

/** What {@link ImportReader} has recognised. Encrypted files are the same format as plain ones. */
public enum Format {
    /** One {@code otpauth://} URI a line, as ente's plain export also is. */
    OTPAUTH_LIST,
    /** {@code otpauth-migration://offline?data=}, the QR codes of Google Authenticator's export, one a line. */
    OTPAUTH_MIGRATION,
    /** The JSON of Aegis. */
    AEGIS,
    /** The backup of 2FAS, {@code .2fas}. */
    TWOFAS,
    /** The JSON export of Bitwarden. */
    BITWARDEN,
    /** The encrypted export of ente Auth. */
    ENTE
}
