package io.github.totpguard.keycloak.sealing;

/** A stored secret cannot be opened. There is no fallback to another key or to plaintext. */
public final class UnsealingException extends Exception {

    /** The closed set of reasons. */
    public enum Reason {
        /** Neither a sealed value nor a plaintext secret: truncated, damaged or not JSON. */
        MALFORMED,
        /** Sealed in an unsupported way: another {@code alg} or {@code enc}, compressed, or without {@code kid}. */
        UNSUPPORTED,
        /** The realm has no key with this {@code kid}: the key was removed, or the row came from another realm. */
        KEY_MISSING,
        /** The authentication tag does not match: the value was changed, or another key has the same {@code kid}. */
        TAMPERED,
        /** The value is intact, but belongs to another realm, user, credential or purpose. */
        FOREIGN
    }

    private final Reason reason;

    UnsealingException(Reason reason) {
        super("The stored secret cannot be opened: " + reason);
        this.reason = reason;
    }

    UnsealingException(Reason reason, Throwable cause) {
        super("The stored secret cannot be opened: " + reason, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
