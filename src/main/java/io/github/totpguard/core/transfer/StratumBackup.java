package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.crypto.AesCbc;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.Argon2id;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.Pbkdf2;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The encrypted backup of Stratum (<a href="https://github.com/stratumauth/app/blob/master/doc/BACKUP_FORMAT.md">its
 * documentation</a>, version 1.6.2): the JSON of {@link StratumFile} after one of two headers. {@code AUTHENTICATORPRO}
 * stands for Argon2id (64 MiB, 3 passes, 4 lanes) and AES-256-GCM; {@code AuthenticatorPro}, of older versions, stands
 * for PBKDF2-HMAC-SHA-1 (64,000 rounds) and AES-256-CBC.
 */
final class StratumBackup {

    private static final byte[] STRONG = "AUTHENTICATORPRO".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEGACY = "AuthenticatorPro".getBytes(StandardCharsets.US_ASCII);
    private static final int STRONG_SALT_BYTES = 16;
    private static final int LEGACY_SALT_BYTES = 20;
    private static final int KIBIBYTES = 1 << 16;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final int ROUNDS = 64_000;
    private static final int KEY_BITS = 256;

    private final byte[] file;
    private final JsonExportFile opening;

    StratumBackup(byte[] file, JsonExportFile opening) {
        this.file = file;
        this.opening = opening;
    }

    static boolean recognises(byte[] file) {
        return begins(file, STRONG) || begins(file, LEGACY);
    }

    private static boolean begins(byte[] file, byte[] header) {
        return file.length >= header.length && Arrays.equals(file, 0, header.length, header, 0, header.length);
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        char[] password = opening.neededPassword();
        Optional<byte[]> opened = begins(file, STRONG) ? strong(password) : legacy(password);
        String json = new String(opened.orElseThrow(JsonExportFile::wrongPassword), StandardCharsets.UTF_8);
        // CBC padding does not detect every wrong password, so the plaintext is checked too.
        if (!json.stripLeading().startsWith("{")) {
            throw JsonExportFile.wrongPassword();
        }
        return new StratumFile(new JsonFields(JsonFile.parse(json))).items();
    }

    private Optional<byte[]> strong(char[] password) throws UnreadableImportException, CryptoException {
        int salted = STRONG.length + STRONG_SALT_BYTES;
        byte[] salt = part(STRONG.length, salted);
        byte[] nonce = part(salted, salted + AesGcm.NONCE_BYTES);
        byte[] sealed = part(salted + AesGcm.NONCE_BYTES, file.length);
        Argon2id argon2 = Argon2id.known(KIBIBYTES, PASSES, LANES, salt);
        opening.bound().spend(argon2.memoryBytes(), argon2.passes());
        return AesGcm.open(argon2.derive(password), nonce, sealed);
    }

    private Optional<byte[]> legacy(char[] password) throws UnreadableImportException, CryptoException {
        int salted = LEGACY.length + LEGACY_SALT_BYTES;
        byte[] salt = part(LEGACY.length, salted);
        byte[] vector = part(salted, salted + AesCbc.BLOCK_BYTES);
        byte[] ciphertext = part(salted + AesCbc.BLOCK_BYTES, file.length);
        Pbkdf2 pbkdf2 = Pbkdf2.of(Pbkdf2.Prf.HMAC_SHA1, salt, ROUNDS);
        opening.bound().spendRounds(pbkdf2.rounds());
        return AesCbc.open(pbkdf2.derive(password, KEY_BITS), vector, ciphertext);
    }

    private byte[] part(int from, int to) throws UnreadableImportException {
        if (from > to || to > file.length) {
            throw JsonExportFile.damaged("it is too short");
        }
        return Arrays.copyOfRange(file, from, to);
    }
}
