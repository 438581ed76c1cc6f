package io.github.totpguard.keycloak.vault.rest;

/** The body of a request cannot be read. The message is for the caller and quotes nothing of the body. */
final class UnreadableBodyException extends Exception {
    /** What is wrong with it. */
    enum Reason {
        NOT_AN_OBJECT,
        TOO_LARGE,
        TOO_SLOW,
        SIMILAR_NAME
    }

    private final Reason reason;

    // Without a cause: the parser's exceptions quote what was sent.
    UnreadableBodyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
