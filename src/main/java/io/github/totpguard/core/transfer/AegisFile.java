package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.uri.AccountReading;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the vault of Aegis, plain or encrypted, as <a
 * href="https://github.com/beemdevelopment/Aegis/blob/master/docs/vault.md">its documentation</a> describes it.
 */
final class AegisFile {

    private static final int NEWEST_FILE = 1;
    // Version 2 added notes, version 3 groups with ids. Neither is imported.
    private static final int NEWEST_CONTENT = 3;

    private final JsonFields root;
    private final JsonExportFile opening;

    AegisFile(JsonFields root, JsonExportFile opening) {
        this.root = root;
        this.opening = opening;
    }

    static boolean recognises(JsonFields root) {
        return root.has("header") && root.has("db");
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        JsonExportFile.requireVersion(root, "version", NEWEST_FILE);
        JsonNode db = root.node().get("db");
        JsonFields content = new JsonFields(db.isTextual() ? decrypted(db.textValue()) : db);
        JsonExportFile.requireVersion(content, "version", NEWEST_CONTENT);
        return JsonFile.items(content.node().path("entries"), AegisFile::item);
    }

    private JsonNode decrypted(String db) throws UnreadableImportException, CryptoException {
        char[] password = opening.neededPassword();
        JsonFields header = root.object("header");
        byte[] key = AegisSlots.open(header.node().path("slots"), password, opening.bound());
        JsonFields params = header.object("params");
        byte[] json = AesGcm.open(key, Encoded.hex(params, "nonce"), Encoded.base64(db), Encoded.hex(params, "tag"))
                .orElseThrow(() -> JsonExportFile.damaged("its content does not fit its key"));
        return JsonFile.parse(new String(json, StandardCharsets.UTF_8));
    }

    private static ImportItem item(JsonFields entry) {
        return ItemReading.item(name(entry), () -> account(entry));
    }

    private static String name(JsonFields entry) {
        return entry.text("name")
                .filter(name -> !name.isBlank())
                .or(() -> entry.text("issuer"))
                .orElse("");
    }

    private static AccountReading account(JsonFields entry) throws RefusalException {
        JsonFields info = entry.object("info");
        return new AccountFields(
                        entry.text("issuer"),
                        entry.text("name").orElse(""),
                        entry.text("type").orElse(""),
                        AccountFields.secret(info.text("secret")),
                        info.text("algo"),
                        info.numberOrAbsent("digits", Reason.DIGITS),
                        info.numberOrAbsent("period", Reason.PERIOD),
                        info.numberOrAbsent("counter", Reason.COUNTER))
                .found();
    }
}
