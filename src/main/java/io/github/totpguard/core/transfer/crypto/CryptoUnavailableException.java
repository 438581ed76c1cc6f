package io.github.totpguard.core.transfer.crypto;

/** This Java or this server lacks an algorithm: in a FIPS mode there is no Bouncy Castle that has scrypt and Argon2. */
public final class CryptoUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CryptoUnavailableException(String algorithm, Throwable cause) {
        super("There is no " + algorithm + " here", cause);
    }
}
