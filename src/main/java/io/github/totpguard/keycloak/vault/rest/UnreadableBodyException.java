package io.github.totpguard.keycloak.vault.rest;

/** The body of a request cannot be read. The message is for the caller and does not quote the body. */
final class UnreadableBodyException extends Exception {
    /** What is wrong with the body. */
    enum Reason {
        NOT_AN_OBJECT,
        TOO_LARGE,
        TOO_SLOW,
        SIMILAR_NAME
    }

    private final Reason reason;

    // No cause, because the parser's exceptions quote the body.
    UnreadableBodyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
