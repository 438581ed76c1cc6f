package io.github.totpguard.core.transfer.crypto;

/** All slots for key derivations are in use. The caller should retry later, and release its resources until then. */
public final class BusyException extends CryptoException {

    private static final long serialVersionUID = 1L;

    BusyException() {
        super("Another key is being derived");
    }
}
