package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;

/**
 * Limits on the cost of deriving keys from a file's password. The file sets the cost, so without a limit it could
 * overload a server.
 *
 * @param memoryBytes the maximum memory of one derivation. Aegis needs 32 MiB; ente 256 MiB on small phones, otherwise
 *     1 GiB
 * @param workBytes the maximum of memory times passes over it, for all derivations of one file together. An ente file
 *     needs 4 GiB; an Aegis file 32 MiB for each of its passwords
 * @param rounds the maximum number of PBKDF2 rounds, for all derivations of one file together. andOTP needs 160,000
 */
public record KdfBound(long memoryBytes, long workBytes, long rounds) {

    private static final long MEBIBYTE = 1L << 20;

    /**
     * The limit on a small server: 64 MiB, 512 MiB of work, and two million rounds, which take some seconds. It opens
     * Aegis's files, but not ente's.
     */
    public static final KdfBound DEFAULT = new KdfBound(64 * MEBIBYTE, 512 * MEBIBYTE, 2_000_000);

    /**
     * What ente's largest files need: 1 GiB, and 4 GiB of work. For a separate program, or for a server with enough
     * memory.
     */
    public static final KdfBound LARGE = new KdfBound(1024 * MEBIBYTE, 4096 * MEBIBYTE, 10_000_000);

    /** @throws IllegalArgumentException if a limit is negative */
    public KdfBound {
        if (memoryBytes < 0 || workBytes < 0 || rounds < 0) {
            throw new IllegalArgumentException("A bound is 0 or more");
        }
    }

    /**
     * The remaining budget after a derivation.
     *
     * @param passes passes over the memory, 1 or more
     * @throws UnreadableImportException if the budget is not enough
     */
    KdfBound spend(long memory, long passes) throws UnreadableImportException {
        if (memory > memoryBytes || passes > workBytes / Math.max(memory, 1)) {
            throw new UnreadableImportException(
                    Reason.KDF_TOO_EXPENSIVE,
                    "Opening the file would take " + memory / MEBIBYTE + " MiB of memory, " + passes
                            + " times over. Up to " + memoryBytes / MEBIBYTE + " MiB and " + workBytes / MEBIBYTE
                            + " MiB of work in all are allowed. Export without encryption instead.");
        }
        return new KdfBound(memoryBytes, workBytes - memory * passes, rounds);
    }

    /**
     * The remaining budget after a derivation that needs no memory.
     *
     * @param wanted the number of PBKDF2 rounds
     * @throws UnreadableImportException if the budget is not enough
     */
    KdfBound spendRounds(long wanted) throws UnreadableImportException {
        if (wanted > rounds) {
            throw new UnreadableImportException(
                    Reason.KDF_TOO_EXPENSIVE,
                    "Opening the file would take " + wanted + " rounds of PBKDF2. Up to " + rounds
                            + " are allowed. Export without encryption instead.");
        }
        return new KdfBound(memoryBytes, workBytes, rounds - wanted);
    }
}
