package io.github.totpguard.keycloak.sealing;

/** A stored secret does not open. There is no second try: no other key, no plaintext. */
public final class UnsealingException extends Exception {

    /** The closed set of reasons. */
    public enum Reason {
        /** Neither a sealed value nor a plaintext secret: cut off, mangled, or not JSON. */
        MALFORMED,
        /** Sealed in another way than ours: other {@code alg} or {@code enc}, compressed, no {@code kid}. */
        UNSUPPORTED,
        /** The realm has no key of this {@code kid}: removed, or the row came from another realm. */
        KEY_MISSING,
        /** The seal is broken: something was changed, or the key is another one under the same {@code kid}. */
        TAMPERED,
        /** The seal is whole, but it belongs to another realm, user, credential or purpose. */
        FOREIGN
    }

    private final Reason reason;

    UnsealingException(Reason reason) {
        super("The stored secret does not open: " + reason);
        this.reason = reason;
    }

    UnsealingException(Reason reason, Throwable cause) {
        super("The stored secret does not open: " + reason, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
