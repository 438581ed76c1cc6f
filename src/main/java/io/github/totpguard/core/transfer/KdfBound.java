package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;

/**
 * How much a file may make us spend on deriving keys from its password. The file says how much it wants, so without a
 * bound it could take a server down.
 *
 * @param memoryBytes most memory of one derivation. Aegis wants 32 MiB; ente 256 MiB on small phones, else 1 GiB
 * @param workBytes most memory times passes over it, of all derivations for one file together. One ente file wants
 *     4 GiB; an Aegis file 32 MiB for each of its passwords
 * @param rounds most rounds of PBKDF2, of all derivations for one file together. andOTP wants 160,000
 */
public record KdfBound(long memoryBytes, long workBytes, long rounds) {

    private static final long MEBIBYTE = 1L << 20;

    /**
     * What a small server can spare: 64 MiB, for 512 MiB of work, and two million rounds, some seconds. Opens Aegis's files, but not ente's.
     */
    public static final KdfBound DEFAULT = new KdfBound(64 * MEBIBYTE, 512 * MEBIBYTE, 2_000_000);

    /** What ente's largest files want: 1 GiB, for 4 GiB of work. For a program of its own, or a server with memory. */
    public static final KdfBound LARGE = new KdfBound(1024 * MEBIBYTE, 4096 * MEBIBYTE, 10_000_000);

    /** @throws IllegalArgumentException if a bound is negative */
    public KdfBound {
        if (memoryBytes < 0 || workBytes < 0 || rounds < 0) {
            throw new IllegalArgumentException("A bound is 0 or more");
        }
    }

    /**
     * What is left after a derivation.
     *
     * @param passes over the memory, from 1 on
     * @throws UnreadableImportException if there is not enough
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
     * What is left after a derivation that takes no memory.
     *
     * @param wanted of PBKDF2
     * @throws UnreadableImportException if there are not enough
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
