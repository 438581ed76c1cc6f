package io.github.totpguard.core.transfer.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A key that is a plain hash of the password: weak, and what old backups have. Only for opening them. */
public final class PasswordHash {

    private PasswordHash() {}

    /** The SHA-256 of the password's UTF-8. */
    public static byte[] sha256(char[] password) {
        byte[] utf8 = PasswordBytes.utf8(password);
        try {
            return MessageDigest.getInstance("SHA-256").digest(utf8);
        } catch (NoSuchAlgorithmException e) {
            throw new CryptoUnavailableException("SHA-256", e);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }
}
