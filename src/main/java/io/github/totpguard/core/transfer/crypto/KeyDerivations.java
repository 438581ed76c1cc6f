package io.github.totpguard.core.transfer.crypto;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Limits key derivations, which are slow and need much memory by design, to one at a time in the whole process. The
 * limit on one derivation is therefore the limit on all. If a derivation is running, another one fails at once and does
 * not wait: waiting threads would hold a worker and a database connection each.
 */
public final class KeyDerivations {

    private static final Semaphore FREE = new Semaphore(1);

    private KeyDerivations() {}

    /**
     * Reserves a slot. Every derivation of this package does this itself.
     *
     * @throws BusyException if all slots are in use
     */
    public static Place enter() throws BusyException {
        if (!FREE.tryAcquire()) {
            throw new BusyException();
        }
        return new Place();
    }

    /**
     * @param derivation uses classes of Bouncy Castle, which may be missing
     * @throws BusyException if no slot is free
     * @throws CryptoUnavailableException if the classes are missing
     */
    static byte[] derive(String algorithm, Supplier<byte[]> derivation) throws BusyException {
        Place place = enter();
        try {
            return derivation.get();
        } catch (LinkageError e) {
            throw new CryptoUnavailableException(algorithm, e);
        } finally {
            place.close();
        }
    }

    /** A slot that is in use until it is closed. */
    public static final class Place implements AutoCloseable {

        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place() {}

        @Override
        public void close() {
            if (taken.getAndSet(false)) {
                FREE.release();
            }
        }
    }
}
