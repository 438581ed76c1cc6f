package io.github.totpguard.core.transfer.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 (RFC 8018 section 5.2) with the parameters of a file. */
public final class Pbkdf2 {

    private static final int MAX_SALT_BYTES = 1024;

    private final Prf prf;
    private final byte[] salt;
    private final int rounds;

    private Pbkdf2(Prf prf, byte[] salt, int rounds) {
        this.prf = prf;
        this.salt = salt;
        this.rounds = rounds;
    }

    /**
     * @param salt 1 to 1024 bytes
     * @param rounds 1 or more
     * @throws ImpossibleParametersException if no app writes such parameters
     */
    public static Pbkdf2 of(Prf prf, byte[] salt, long rounds) throws ImpossibleParametersException {
        if (salt.length == 0 || salt.length > MAX_SALT_BYTES || rounds < 1 || rounds > Integer.MAX_VALUE) {
            throw new ImpossibleParametersException("the parameters of its key are impossible");
        }
        return new Pbkdf2(prf, salt.clone(), (int) rounds);
    }

    /** The number of iterations for each block of the key. */
    public int rounds() {
        return rounds;
    }

    /**
     * @param bits the length of the key, a multiple of 8
     * @throws BusyException if another key is being derived
     * @throws CryptoUnavailableException if PBKDF2 with this function is not available
     */
    public byte[] derive(char[] password, int bits) throws BusyException {
        return KeyDerivations.derive("PBKDF2", () -> derived(password, bits));
    }

    private byte[] derived(char[] password, int bits) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, rounds, bits);
        try {
            return SecretKeyFactory.getInstance(prf.algorithm)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new CryptoUnavailableException("PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** The pseudorandom function. */
    public enum Prf {
        HMAC_SHA1("PBKDF2WithHmacSHA1"),
        HMAC_SHA256("PBKDF2WithHmacSHA256"),
        HMAC_SHA512("PBKDF2WithHmacSHA512");

        private final String algorithm;

        Prf(String algorithm) {
            this.algorithm = algorithm;
        }
    }
}
