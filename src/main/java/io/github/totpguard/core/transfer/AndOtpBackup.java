package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.PasswordHash;
import io.github.totpguard.core.transfer.crypto.Pbkdf2;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The encrypted backup of andOTP ({@code .json.aes}), as <a
 * href="https://github.com/andOTP/andOTP/blob/master/app/src/main/java/org/shadowice/flocke/andotp/Utilities/BackupHelper.java">
 * BackupHelper.java</a> writes it (version 0.9.0.1): four bytes with the number of rounds, a salt and a nonce of twelve
 * bytes each, ciphertext and tag; PBKDF2-HMAC-SHA-1, then AES-256-GCM. Before version 0.6.3 there were only nonce,
 * ciphertext and tag, and the key was the SHA-256 of the password. Neither format has a file signature.
 */
final class AndOtpBackup {

    private static final int SALT_BYTES = 12;
    private static final int HEADER_BYTES = Integer.BYTES + SALT_BYTES;
    private static final int MIN_BYTES = AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES + 2;
    private static final int KEY_BITS = 256;
    // The app uses 140,000 to 160,000 rounds. With a very different number, the file is not an andOTP backup.
    private static final int MIN_ROUNDS = 10_000;
    private static final int MAX_ROUNDS = 10_000_000;

    private final byte[] file;
    private final JsonExportFile opening;

    AndOtpBackup(byte[] file, JsonExportFile opening) {
        this.file = file;
        this.opening = opening;
    }

    static boolean recognises(byte[] file) {
        if (file.length < HEADER_BYTES + MIN_BYTES) {
            return false;
        }
        int rounds = rounds(file);
        return rounds >= MIN_ROUNDS && rounds <= MAX_ROUNDS;
    }

    /**
     * Reads an old backup. Only decryption with the password shows that a file is one.
     *
     * @throws UnreadableImportException also if the password does not open it, or no password was given
     */
    static List<ImportItem> oldItems(byte[] file, JsonExportFile opening)
            throws UnreadableImportException, CryptoException {
        Optional<char[]> password = opening.password();
        Optional<byte[]> json =
                password.isPresent() ? new AndOtpBackup(file, opening).openedOld(password.get()) : Optional.empty();
        return items(json.orElseThrow(() -> ForeignFiles.unknown(file)));
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        char[] password = opening.neededPassword();
        // The old format is tried first: it is cheap, and its first bytes can be any number.
        Optional<byte[]> old = openedOld(password);
        byte[] json = old.isPresent() ? old.get() : opened(password).orElseThrow(JsonExportFile::wrongPassword);
        return items(json);
    }

    private static List<ImportItem> items(byte[] json) throws UnreadableImportException {
        return new AndOtpFile(new JsonFields(JsonFile.parse(new String(json, StandardCharsets.UTF_8)))).items();
    }

    private Optional<byte[]> opened(char[] password) throws UnreadableImportException, CryptoException {
        Pbkdf2 pbkdf2 =
                Pbkdf2.of(Pbkdf2.Prf.HMAC_SHA1, Arrays.copyOfRange(file, Integer.BYTES, HEADER_BYTES), rounds(file));
        opening.bound().spendRounds(pbkdf2.rounds());
        return open(pbkdf2.derive(password, KEY_BITS), HEADER_BYTES);
    }

    private Optional<byte[]> openedOld(char[] password) throws CryptoException {
        return file.length < MIN_BYTES ? Optional.empty() : open(PasswordHash.sha256(password), 0);
    }

    private Optional<byte[]> open(byte[] key, int from) throws CryptoException {
        int sealed = from + AesGcm.NONCE_BYTES;
        return AesGcm.open(key, Arrays.copyOfRange(file, from, sealed), Arrays.copyOfRange(file, sealed, file.length));
    }

    private static int rounds(byte[] file) {
        return ByteBuffer.wrap(file).getInt();
    }
}
