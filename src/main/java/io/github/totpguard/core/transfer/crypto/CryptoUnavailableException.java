package io.github.totpguard.core.transfer.crypto;

/**
 * This Java runtime or server lacks an algorithm. In FIPS mode, the Bouncy Castle classes with scrypt and Argon2 are
 * missing.
 */
public final class CryptoUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CryptoUnavailableException(String algorithm, Throwable cause) {
        super("There is no " + algorithm + " here", cause);
    }
}
