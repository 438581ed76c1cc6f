package io.github.totpguard.core.transfer.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Derives a key as a plain hash of the password. This is weak, and only for reading old backups. */
public final class PasswordHash {

    private PasswordHash() {}

    /** The SHA-256 of the password in UTF-8. */
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
