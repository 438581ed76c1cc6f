package io.github.totpguard.core.transfer.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id 1.3 (RFC 9106) with a key of 256 bits. With one lane, it equals {@code crypto_pwhash} of libsodium with the
 * algorithm {@code ARGON2ID13}.
 */
public final class Argon2id {

    private static final int KEY_BYTES = 32;
    private static final int KIBIBYTE = 1024;
    // The limits of libsodium.
    private static final long MIN_MEMORY = 8 * KIBIBYTE;
    private static final long MAX_MEMORY = 1L << 32;
    private static final int SALT_BYTES = 16;

    private final int kibibytes;
    private final int passes;
    private final int lanes;
    private final byte[] salt;

    private Argon2id(int kibibytes, int passes, int lanes, byte[] salt) {
        this.kibibytes = kibibytes;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt;
    }

    /**
     * @param memory {@code memlimit} in bytes
     * @param passes {@code opslimit}
     * @throws ImpossibleParametersException if libsodium would refuse the parameters
     */
    public static Argon2id of(long memory, long passes, byte[] salt) throws ImpossibleParametersException {
        if (memory < MIN_MEMORY
                || memory > MAX_MEMORY
                || passes < 1
                || passes > Integer.MAX_VALUE
                || salt.length != SALT_BYTES) {
            throw new ImpossibleParametersException("the parameters of its key are impossible");
        }
        return new Argon2id((int) (memory / KIBIBYTE), (int) passes, 1, salt.clone());
    }

    /** Like {@link #of}, for valid parameters and with several lanes. */
    public static Argon2id known(int kibibytes, int passes, int lanes, byte[] salt) {
        return new Argon2id(kibibytes, passes, lanes, salt.clone());
    }

    public long memoryBytes() {
        return (long) kibibytes * KIBIBYTE;
    }

    /** The number of passes over the memory. */
    public int passes() {
        return passes;
    }

    /**
     * @throws BusyException if another key is being derived
     * @throws CryptoUnavailableException if Argon2 is not available
     */
    public byte[] derive(char[] password) throws BusyException {
        byte[] utf8 = PasswordBytes.utf8(password);
        try {
            return KeyDerivations.derive("Argon2", () -> derived(utf8));
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private byte[] derived(byte[] password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withParallelism(lanes)
                .withMemoryAsKB(kibibytes)
                .withIterations(passes)
                .withSalt(salt)
                .build());
        byte[] key = new byte[KEY_BYTES];
        generator.generateBytes(password, key);
        return key;
    }
}
