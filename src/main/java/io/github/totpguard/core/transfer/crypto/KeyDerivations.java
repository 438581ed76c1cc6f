package io.github.totpguard.core.transfer.crypto;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The places for key derivations, which are made to take time and memory: one in the whole process, so that the bound on
 * one derivation is the bound on all. A derivation without a place fails at once and never waits: waiting threads would
 * hold a worker and a database connection each.
 */
public final class KeyDerivations {

    private static final Semaphore FREE = new Semaphore(1);

    private KeyDerivations() {}

    /**
     * Takes a place. Every derivation of this package does so by itself.
     *
     * @throws BusyException if every place is taken
     */
    public static Place enter() throws BusyException {
        if (!FREE.tryAcquire()) {
            throw new BusyException();
        }
        return new Place();
    }

    /**
     * @param derivation with classes of Bouncy Castle, which may not be there
     * @throws BusyException if there is no place free
     * @throws CryptoUnavailableException if the classes are not there
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

    /** A place that is taken until it is closed. */
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
