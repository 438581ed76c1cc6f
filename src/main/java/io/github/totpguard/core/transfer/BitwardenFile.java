package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The JSON exports of Bitwarden and of Bitwarden Authenticator, which have the same structure. An item's {@code
 * login.totp} is an otpauth URI, {@code steam://} and Base32, or Base32 alone. If it is Base32 alone, the item's own
 * name is the issuer. Items without {@code login.totp} are passwords and are skipped.
 *
 * @see <a href="https://bitwarden.com/help/condition-bitwarden-import/">Condition a Bitwarden .csv or .json</a>
 * @see <a href="https://github.com/bitwarden/android">ExportJsonData of bitwarden/android, commit e4c7d3b</a>
 */
final class BitwardenFile {

    private final JsonFields root;

    BitwardenFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        return root.hasArray("items") || root.has("encrypted");
    }

    List<ImportItem> items() throws UnreadableImportException {
        if (root.node().path("encrypted").asBoolean()) {
            throw new UnreadableImportException(
                    Reason.UNSUPPORTED_ENCRYPTION,
                    "Encrypted exports of Bitwarden are not read. Export as .json without encryption.");
        }
        JsonNode items = root.node().path("items");
        if (!items.isArray()) {
            throw JsonExportFile.damaged("it has no list of items");
        }
        BoundedItems accounts = new BoundedItems();
        for (JsonNode node : items) {
            JsonFields item = new JsonFields(node);
            JsonFields login = item.object("login");
            Optional<String> totp = login.text("totp").filter(text -> !text.isBlank());
            if (totp.isPresent()) {
                accounts.add(new PasswordItem(
                                item.text("name").orElse(""),
                                login.text("username").orElse(""),
                                totp.get())
                        .read());
            }
        }
        return accounts.list();
    }
}
