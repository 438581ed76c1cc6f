package io.github.totpguard.core.transfer;

/**
 * How much of a file is read, and what opening it may cost.
 *
 * @param characters most characters of all contents together, icons included
 */
public record ImportBound(long characters, KdfBound kdf) {

    private static final long MEBI = 1L << 20;

    /** What a server reads: 8 Mi characters. The page takes icons out before it sends a file. */
    public static final ImportBound SERVER = new ImportBound(8 * MEBI, KdfBound.DEFAULT);

    /** For a program of its own: 64 Mi characters, which are a thousand accounts with large icons. */
    public static final ImportBound LARGE = new ImportBound(64 * MEBI, KdfBound.LARGE);

    /** @throws IllegalArgumentException if the bound is negative */
    public ImportBound {
        if (characters < 0) {
            throw new IllegalArgumentException("A bound is 0 or more");
        }
    }
}
