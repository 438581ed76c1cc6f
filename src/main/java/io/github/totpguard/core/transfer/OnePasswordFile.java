package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * {@code export.data} of 1Password's export, on its own or in the 1PUX archive ({@link ZipArchive}): accounts contain
 * vaults, and vaults contain items. The field {@code value.totp} of an item's section is an otpauth URI, or Base32
 * alone. All other fields are skipped.
 *
 * @see <a href="https://support.1password.com/1pux-format/">About the 1Password Unencrypted Export format, version
 *     3</a>
 */
final class OnePasswordFile {

    /** The name of the file in the archive. */
    static final String NAME = "export.data";

    private final JsonFields root;
    private final BoundedItems accounts = new BoundedItems();

    OnePasswordFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        return root.node().path("accounts").path(0).has("vaults");
    }

    List<ImportItem> items() throws UnreadableImportException {
        for (JsonNode account : root.node().path("accounts")) {
            for (JsonNode vault : account.path("vaults")) {
                for (JsonNode item : vault.path("items")) {
                    // Early versions of the format have a wrapper around each item.
                    read(new JsonFields(item.has("item") ? item.get("item") : item));
                }
            }
        }
        return accounts.list();
    }

    private void read(JsonFields item) throws UnreadableImportException {
        String title = item.object("overview").text("title").orElse("");
        JsonFields details = item.object("details");
        String user = user(details);
        for (JsonNode section : details.node().path("sections")) {
            for (JsonNode field : section.path("fields")) {
                String totp = new JsonFields(field).object("value").text("totp").orElse("");
                if (!totp.isBlank()) {
                    accounts.add(new PasswordItem(title, user, totp).read());
                }
            }
        }
    }

    private static String user(JsonFields details) {
        for (JsonNode node : details.node().path("loginFields")) {
            JsonFields field = new JsonFields(node);
            if (field.text("designation").filter("username"::equals).isPresent()) {
                return field.text("value").orElse("");
            }
        }
        return "";
    }
}
