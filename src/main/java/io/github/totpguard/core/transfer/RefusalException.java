package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;

/** One account cannot be read. The other accounts of the file still can. */
final class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusalException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
