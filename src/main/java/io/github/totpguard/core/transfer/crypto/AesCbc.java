package io.github.totpguard.core.transfer.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in CBC mode with the padding of PKCS #7, as old backups use it. It proves nothing about who wrote the plaintext. */
public final class AesCbc {

    public static final int BLOCK_BYTES = 16;

    private AesCbc() {}

    /**
     * @return the plaintext; empty if the padding is wrong. One wrong key of 256 gives a plaintext all the same
     * @throws ImpossibleParametersException if the vector or the ciphertext are not of whole blocks
     * @throws CryptoUnavailableException if there is no AES-CBC
     */
    public static Optional<byte[]> open(byte[] key, byte[] vector, byte[] ciphertext)
            throws ImpossibleParametersException {
        if (vector.length != BLOCK_BYTES || ciphertext.length == 0 || ciphertext.length % BLOCK_BYTES != 0) {
            throw new ImpossibleParametersException("its encrypted part is not of whole blocks");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return Optional.of(cipher.doFinal(ciphertext));
        } catch (BadPaddingException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new CryptoUnavailableException("AES-CBC", e);
        }
    }
}
