package io.github.totpguard.core.transfer.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in CBC mode with PKCS #7 padding, as old backups use it. It does not authenticate the plaintext. */
public final class AesCbc {

    public static final int BLOCK_BYTES = 16;

    private AesCbc() {}

    /**
     * @return the plaintext; empty if the padding is wrong. One of 256 wrong keys still gives a plaintext
     * @throws ImpossibleParametersException if the initialisation vector or the ciphertext does not consist of whole
     *     blocks
     * @throws CryptoUnavailableException if AES-CBC is not available
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
