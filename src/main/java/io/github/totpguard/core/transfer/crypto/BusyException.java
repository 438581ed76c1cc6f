package io.github.totpguard.core.transfer.crypto;

/** Every place for key derivations is taken. The caller tries again later and holds nothing meanwhile. */
public final class BusyException extends CryptoException {

    private static final long serialVersionUID = 1L;

    BusyException() {
        super("Another key is being derived");
    }
}
