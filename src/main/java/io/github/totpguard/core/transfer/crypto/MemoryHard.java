package io.github.totpguard.core.transfer.crypto;

import java.util.function.Supplier;

/** Derivations that are made to take memory. One at a time, so that the bound of one is the bound of all. */
final class MemoryHard {

    private MemoryHard() {}

    /**
     * @param derivation with classes of Bouncy Castle, which may not be there
     * @throws CryptoUnavailableException if they are not
     */
    static synchronized byte[] alone(String algorithm, Supplier<byte[]> derivation) {
        try {
            return derivation.get();
        } catch (LinkageError e) {
            throw new CryptoUnavailableException(algorithm, e);
        }
    }
}
