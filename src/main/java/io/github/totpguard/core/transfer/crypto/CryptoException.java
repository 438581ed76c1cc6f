package io.github.totpguard.core.transfer.crypto;

/** Why something cannot be decrypted or encrypted now, although this server has the algorithms. */
public abstract sealed class CryptoException extends Exception permits ImpossibleParametersException, BusyException {

    private static final long serialVersionUID = 1L;

    CryptoException(String message) {
        super(message);
    }
}
