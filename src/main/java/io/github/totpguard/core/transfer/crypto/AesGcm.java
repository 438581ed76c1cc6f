package io.github.totpguard.core.transfer.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a nonce of 96 bits and a tag of 128 (NIST SP 800-38D), as most apps use it. */
public final class AesGcm {

    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private AesGcm() {}

    /**
     * @return the plaintext; empty if the key is wrong or anything was changed
     * @throws ImpossibleParametersException if the nonce or the tag has a different length
     * @throws CryptoUnavailableException if AES-GCM is not available
     */
    public static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] ciphertext, byte[] tag)
            throws ImpossibleParametersException {
        if (nonce.length != NONCE_BYTES || tag.length != TAG_BYTES) {
            throw new ImpossibleParametersException("a nonce or a tag has the wrong length");
        }
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + TAG_BYTES);
        System.arraycopy(tag, 0, sealed, ciphertext.length, TAG_BYTES);
        return open(key, nonce, sealed);
    }

    /**
     * @param sealed the ciphertext with the tag appended
     * @return the plaintext; empty if the key is wrong or anything was changed
     * @throws ImpossibleParametersException if the nonce has a different length, or the tag is incomplete
     * @throws CryptoUnavailableException if AES-GCM is not available
     */
    public static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] sealed) throws ImpossibleParametersException {
        return openWith(new byte[0], key, nonce, sealed);
    }

    /**
     * Like {@link #open(byte[], byte[], byte[])}, with associated data.
     *
     * @param additional the data that is authenticated but not encrypted (NIST SP 800-38D section 5.2.1.1)
     * @param key of 128, 192 or 256 bits
     */
    public static Optional<byte[]> openWith(byte[] additional, byte[] key, byte[] nonce, byte[] sealed)
            throws ImpossibleParametersException {
        boolean possibleKey = key.length == 16 || key.length == 24 || key.length == 32;
        if (nonce.length != NONCE_BYTES || sealed.length < TAG_BYTES || !possibleKey) {
            throw new ImpossibleParametersException("a key, a nonce or a tag has the wrong length");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(additional);
            return Optional.of(cipher.doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new CryptoUnavailableException("AES-GCM", e);
        }
    }

    /**
     * Encrypts, and returns the ciphertext with the tag appended.
     *
     * @throws CryptoUnavailableException if AES-GCM is not available
     */
    public static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new CryptoUnavailableException("AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        return cipher;
    }
}
