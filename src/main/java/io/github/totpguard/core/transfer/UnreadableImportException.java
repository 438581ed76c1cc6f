package io.github.totpguard.core.transfer;

/** Why a file cannot be read at all. The message is English, for users, and contains nothing of the content. */
public final class UnreadableImportException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    // There is no cause, because parser exceptions quote their input.
    UnreadableImportException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason, for a message in the user's language. */
    public Reason reason() {
        return reason;
    }

    /** All reasons why a whole file is refused. */
    public enum Reason {
        /** No known format, or no content. */
        UNKNOWN_FORMAT,
        /** Several contents, one of which is a file: only texts of QR codes can be read together. */
        SEVERAL_FILES,
        /** More characters than {@link ImportBound} allows, or JSON with too many parts. */
        TOO_LARGE,
        /** JSON nested deeper than {@value ImportReader#MAX_DEPTH}. */
        TOO_DEEP,
        /** More than {@value Import#MAX_ITEMS} accounts. */
        TOO_MANY_ITEMS,
        /** The version of the format is not supported. */
        UNSUPPORTED_VERSION,
        /** The encryption is not supported, or a password alone does not decrypt it. */
        UNSUPPORTED_ENCRYPTION,
        /** The file is encrypted, and no password was given. */
        PASSWORD_NEEDED,
        /** The password is wrong, or the file was changed; the two cannot be distinguished. */
        PASSWORD_WRONG,
        /** A key for another file is being derived; the user can try again in a few seconds. */
        BUSY,
        /** Deriving the key from the password would take more memory or work than {@link KdfBound} allows. */
        KDF_TOO_EXPENSIVE,
        /** The format is known, but parts are missing or changed. */
        DAMAGED,
        /**
         * This server lacks the cryptography that the file needs: Bouncy Castle, which is not available in FIPS mode.
         */
        CRYPTO_UNAVAILABLE
    }
}
