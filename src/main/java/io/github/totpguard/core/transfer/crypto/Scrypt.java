package io.github.totpguard.core.transfer.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/** scrypt (RFC 7914) with the parameters of a file and a key of 256 bits. */
public final class Scrypt {

    private static final int KEY_BYTES = 32;
    private static final long MAX_N = 1L << 24;
    private static final long MAX_R = 64;
    private static final long MAX_P = 16;
    private static final int MAX_SALT_BYTES = 1024;
    private static final int BLOCK = 128;

    private final int n;
    private final int r;
    private final int p;
    private final byte[] salt;

    private Scrypt(int n, int r, int p, byte[] salt) {
        this.n = n;
        this.r = r;
        this.p = p;
        this.salt = salt;
    }

    /**
     * @param n cost, a power of two, 2 or more
     * @param r block size, 2 or more
     * @param p parallelisation
     * @throws ImpossibleParametersException if no app writes such parameters
     */
    public static Scrypt of(long n, long r, long p, byte[] salt) throws ImpossibleParametersException {
        boolean possible = n > 1 && n <= MAX_N && Long.bitCount(n) == 1 && r > 1 && r <= MAX_R && p > 0 && p <= MAX_P;
        if (!possible || salt.length > MAX_SALT_BYTES) {
            throw new ImpossibleParametersException("the parameters of its key are impossible");
        }
        return new Scrypt((int) n, (int) r, (int) p, salt.clone());
    }

    /** Like {@link #of(long, long, long, byte[])}, for valid parameters. */
    public static Scrypt known(int n, int r, int p, byte[] salt) {
        return new Scrypt(n, r, p, salt.clone());
    }

    /** The memory that a derivation needs (RFC 7914 section 2). */
    public long memoryBytes() {
        return (long) BLOCK * n * r;
    }

    /** The number of passes over the memory. */
    public int p() {
        return p;
    }

    /**
     * @throws BusyException if another key is being derived
     * @throws CryptoUnavailableException if scrypt is not available
     */
    public byte[] derive(char[] password) throws BusyException {
        byte[] utf8 = PasswordBytes.utf8(password);
        try {
            return KeyDerivations.derive("scrypt", () -> SCrypt.generate(utf8, salt, n, r, p, KEY_BYTES));
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }
}
