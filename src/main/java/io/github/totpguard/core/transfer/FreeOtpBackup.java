package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.Pbkdf2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backup of FreeOTP 2 ({@code externalBackup.xml}, which is not XML), as <a
 * href="https://github.com/freeotp/freeotp-android/blob/master/mobile/src/main/java/org/fedorahosted/freeotp/TokenPersistence.java">
 * TokenPersistence.java</a> writes it (version 2.0.6): a serialised map of JSON texts. {@code masterKey} is a key that
 * is encrypted with the password (PBKDF2). Every token has two entries: one holds its encrypted key; the other, with
 * {@code -token} at the end of its name, holds the rest in plain text.
 */
final class FreeOtpBackup {

    private static final String MASTER = "masterKey";
    private static final String TOKEN = "-token";
    private static final int MAX_ENTRIES = 2 * Import.MAX_ITEMS + 1;
    private static final int KEY_BITS = 256;

    private final byte[] file;
    private final JsonExportFile opening;

    FreeOtpBackup(byte[] file, JsonExportFile opening) {
        this.file = file;
        this.opening = opening;
    }

    static boolean recognises(byte[] file) {
        return SerializedMap.recognises(file);
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        Map<String, String> entries = SerializedMap.read(file, MAX_ENTRIES);
        byte[] master = master(json(Optional.ofNullable(entries.get(MASTER))));
        List<ImportItem> items = new ArrayList<>();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (!name.equals(MASTER) && !name.endsWith(TOKEN)) {
                items.add(item(entry.getValue(), Optional.ofNullable(entries.get(name + TOKEN)), master));
            }
        }
        if (items.size() > Import.MAX_ITEMS) {
            throw new UnreadableImportException(
                    UnreadableImportException.Reason.TOO_MANY_ITEMS,
                    "There are more than " + Import.MAX_ITEMS + " accounts.");
        }
        return items;
    }

    private byte[] master(JsonFields key) throws UnreadableImportException, CryptoException {
        char[] password = opening.neededPassword();
        Pbkdf2 pbkdf2 = Pbkdf2.of(
                prf(key.text("mAlgorithm").orElse("")),
                FreeOtpKey.bytes(key, "mSalt"),
                key.number("mIterations").orElse(0));
        opening.bound().spendRounds(pbkdf2.rounds());
        return new FreeOtpKey(key.object("mEncryptedKey"))
                .open(pbkdf2.derive(password, KEY_BITS))
                .orElseThrow(JsonExportFile::wrongPassword);
    }

    private static Pbkdf2.Prf prf(String algorithm) throws UnreadableImportException {
        return switch (algorithm) {
            case "PBKDF2withHmacSHA512" -> Pbkdf2.Prf.HMAC_SHA512;
            case "PBKDF2withHmacSHA1" -> Pbkdf2.Prf.HMAC_SHA1;
            default ->
                throw new UnreadableImportException(
                        UnreadableImportException.Reason.UNSUPPORTED_ENCRYPTION,
                        "The file is encrypted in a way that is not known here.");
        };
    }

    private static ImportItem item(String key, Optional<String> token, byte[] master) {
        try {
            JsonFields fields = json(token);
            JsonFields encrypted = json(json(Optional.of(key)).text("key"));
            return new FreeOtpToken(fields).item(new FreeOtpKey(encrypted).open(master));
        } catch (UnreadableImportException | CryptoException e) {
            // Only this token is damaged, not the whole file.
            return new ImportItem.Refused("", Reason.DAMAGED, "A token of the file is damaged.");
        }
    }

    private static JsonFields json(Optional<String> text) throws UnreadableImportException {
        return new JsonFields(
                JsonFile.parse(text.orElseThrow(() -> JsonExportFile.damaged("a part of it is missing"))));
    }
}
