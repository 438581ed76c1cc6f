package io.github.totpguard.core.transfer;

/**
 * Limits on how much of a file is read, and on what decrypting it may cost.
 *
 * @param characters the maximum number of characters of all contents together, icons included
 */
public record ImportBound(long characters, KdfBound kdf) {

    private static final long MEBI = 1L << 20;

    /** The limit on a server: 8 Mi characters. The page removes icons before it sends a file. */
    public static final ImportBound SERVER = new ImportBound(8 * MEBI, KdfBound.DEFAULT);

    /** The limit of a separate program: 64 Mi characters, enough for a thousand accounts with large icons. */
    public static final ImportBound LARGE = new ImportBound(64 * MEBI, KdfBound.LARGE);

    /** @throws IllegalArgumentException if the limit is negative */
    public ImportBound {
        if (characters < 0) {
            throw new IllegalArgumentException("A bound is 0 or more");
        }
    }
}
