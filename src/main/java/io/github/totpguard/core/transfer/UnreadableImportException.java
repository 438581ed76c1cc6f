package io.github.totpguard.core.transfer;

/** Why nothing at all could be read. The message is English, for a person, and holds nothing of the content. */
public final class UnreadableImportException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    // Without a cause: parsers' exceptions quote what they read.
    UnreadableImportException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong, for a message in the user's language. */
    public Reason reason() {
        return reason;
    }

    /** All that can be wrong with a file as a whole. */
    public enum Reason {
        /** None of the known formats, or nothing at all. */
        UNKNOWN_FORMAT,
        /** Several contents, one of which is a file: only texts of QR codes are read together. */
        SEVERAL_FILES,
        /** More characters than {@link ImportBound} allows, or JSON of too many parts. */
        TOO_LARGE,
        /** JSON nested deeper than {@value ImportReader#MAX_DEPTH}. */
        TOO_DEEP,
        /** More than {@value Import#MAX_ITEMS} accounts. */
        TOO_MANY_ITEMS,
        /** A version of the format that is not known here. */
        UNSUPPORTED_VERSION,
        /** Encrypted in a way that a password alone does not open, or in a way that is not known here. */
        UNSUPPORTED_ENCRYPTION,
        /** Encrypted, and no password was given. */
        PASSWORD_NEEDED,
        /** The password does not open it; or the file was changed, which looks the same. */
        PASSWORD_WRONG,
        /** Another file's key is being derived: try again in a few seconds. */
        BUSY,
        /** Making the key from the password would take more memory or work than {@link KdfBound} allows. */
        KDF_TOO_EXPENSIVE,
        /** The format is known, but parts are missing or changed. */
        DAMAGED,
        /** This server lacks the cryptography that the file needs: Bouncy Castle, which a FIPS mode takes away. */
        CRYPTO_UNAVAILABLE
    }
}
