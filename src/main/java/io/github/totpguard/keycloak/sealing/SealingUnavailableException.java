package io.github.totpguard.keycloak.sealing;

/** Secrets cannot be sealed in this realm now. The message tells the administrator what to do. */
public final class SealingUnavailableException extends RuntimeException {
    SealingUnavailableException(String message) {
        super(message);
    }

    SealingUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
