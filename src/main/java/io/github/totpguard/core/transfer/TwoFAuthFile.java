package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The JSON export of 2FAuth, schema 1: accounts as fields. If the user has chosen URIs, the export contains only
 * otpauth URIs and no schema.
 *
 * @see <a href="https://github.com/Bubka/2FAuth">TwoFAccountExportResource, TwoFAccountExportCollection and
 *     TwoFAuthMigrator of Bubka/2FAuth, version 8.0.1</a>
 */
final class TwoFAuthFile {

    private static final String APP = "2fauth";
    private static final int NEWEST_SCHEMA = 1;

    private final JsonFields root;

    TwoFAuthFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        return root.hasArray("data")
                && root.text("app")
                        .filter(app -> app.regionMatches(true, 0, APP, 0, APP.length()))
                        .isPresent();
    }

    List<ImportItem> items() throws UnreadableImportException {
        if (root.has("schema")) {
            JsonExportFile.requireVersion(root, "schema", NEWEST_SCHEMA);
        }
        return JsonFile.items(root.node().path("data"), TwoFAuthFile::item);
    }

    private static ImportItem item(JsonFields entry) {
        Optional<String> uri = entry.text("uri");
        if (uri.isPresent()) {
            return ItemReading.uri(uri.get());
        }
        String account = entry.text("account").orElse("");
        return ItemReading.item(account.isBlank() ? entry.text("service").orElse("") : account, () -> new AccountFields(
                        entry.text("service"),
                        account,
                        entry.text("otp_type").orElse(""),
                        AccountFields.secret(entry.text("secret")),
                        entry.text("algorithm"),
                        entry.numberOrAbsent("digits", Reason.DIGITS),
                        entry.numberOrAbsent("period", Reason.PERIOD),
                        entry.numberOrAbsent("counter", Reason.COUNTER))
                .found());
    }
}
