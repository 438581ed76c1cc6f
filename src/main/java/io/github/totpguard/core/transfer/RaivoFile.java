package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.List;

/**
 * {@code raivo-otp-export.json} of Raivo OTP: a list of objects whose values are all texts. The app exports it in an
 * encrypted ZIP archive ({@link ZipArchive}).
 *
 * @see <a href="https://github.com/raivo-otp/ios-application">Password.getExportFields and DataExportFeature of
 *     raivo-otp/ios-application, commit 04fe27e</a>
 */
final class RaivoFile {

    /** The name of the file in the archive. */
    static final String NAME = "raivo-otp-export.json";

    private final JsonFields root;

    RaivoFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        JsonNode first = root.node().path(0);
        return first.has("kind") && first.has("timer") && first.has("secret");
    }

    List<ImportItem> items() throws UnreadableImportException {
        return JsonFile.items(root.node(), RaivoFile::item);
    }

    private static ImportItem item(JsonFields entry) {
        String account = entry.text("account").orElse("");
        return ItemReading.item(account.isBlank() ? entry.text("issuer").orElse("") : account, () -> new AccountFields(
                        entry.text("issuer"),
                        account,
                        entry.text("kind").orElse(""),
                        AccountFields.secret(entry.text("secret")),
                        entry.text("algorithm"),
                        entry.numberOrAbsent("digits", Reason.DIGITS),
                        entry.numberOrAbsent("timer", Reason.PERIOD),
                        entry.numberOrAbsent("counter", Reason.COUNTER))
                .found());
    }
}
