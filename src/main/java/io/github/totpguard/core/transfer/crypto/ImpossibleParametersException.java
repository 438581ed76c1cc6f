package io.github.totpguard.core.transfer.crypto;

/** Parameters or lengths that no app writes. The message is a clause in English without any content of the file. */
public final class ImpossibleParametersException extends CryptoException {

    private static final long serialVersionUID = 1L;

    ImpossibleParametersException(String message) {
        super(message);
    }
}
