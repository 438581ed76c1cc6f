package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.Argon2id;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.SecretStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The encrypted export of ente Auth (<a
 * href="https://github.com/ente-io/ente/blob/main/docs/docs/auth/migration/export.md">its documentation</a>): lines of
 * otpauth URIs in one message of libsodium's secretstream. Its header is {@code encryptionNonce}. Argon2id derives the
 * key from the password. The plain export of ente is an otpauth list.
 */
final class EnteFile {

    private static final int NEWEST = 1;

    private final JsonFields root;
    private final JsonExportFile opening;

    EnteFile(JsonFields root, JsonExportFile opening) {
        this.root = root;
        this.opening = opening;
    }

    static boolean recognises(JsonFields root) {
        return root.has("kdfParams") && root.has("encryptedData");
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        JsonExportFile.requireVersion(root, "version", NEWEST);
        char[] password = opening.neededPassword();
        JsonFields params = root.object("kdfParams");
        Argon2id argon2 = Argon2id.of(
                params.number("memLimit").orElse(0),
                params.number("opsLimit").orElse(0),
                Encoded.base64(params, "salt"));
        byte[] header = Encoded.base64(root, "encryptionNonce");
        byte[] sealed = Encoded.base64(root, "encryptedData");
        opening.bound().spend(argon2.memoryBytes(), argon2.passes());
        byte[] lines =
                SecretStream.open(argon2.derive(password), header, sealed).orElseThrow(JsonExportFile::wrongPassword);
        return items(new String(lines, StandardCharsets.UTF_8));
    }

    private static List<ImportItem> items(String lines) throws UnreadableImportException {
        // An export without accounts is a valid file.
        if (lines.isBlank()) {
            return List.of();
        }
        try {
            return UriTexts.read(List.of(lines)).items();
        } catch (UnreadableImportException e) {
            throw e.reason() == Reason.UNKNOWN_FORMAT ? JsonExportFile.damaged("there are no URIs in it") : e;
        }
    }
}
