package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountReading;
import java.util.List;
import java.util.Optional;

/**
 * The backup of andOTP, an array of entries, as <a
 * href="https://github.com/andOTP/andOTP/blob/master/app/src/main/java/org/shadowice/flocke/andotp/Database/Entry.java">
 * Entry.java</a> writes it (version 0.9.0.1). Early versions had no issuer field: the issuer was before a dash in the
 * label.
 */
final class AndOtpFile {

    private static final String DASH = " - ";

    private final JsonFields root;

    AndOtpFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        JsonNode first = root.node().path(0);
        return root.node().isArray() && first.has("secret") && first.has("label");
    }

    List<ImportItem> items() throws UnreadableImportException {
        return JsonFile.items(root.node(), AndOtpFile::item);
    }

    private static ImportItem item(JsonFields entry) {
        String label = entry.text("label").orElse("");
        return ItemReading.item(label.isBlank() ? entry.text("issuer").orElse("") : label, () -> account(entry, label));
    }

    private static AccountReading account(JsonFields entry, String label) throws RefusalException {
        int dash = entry.has("issuer") ? -1 : label.indexOf(DASH);
        return new AccountFields(
                        dash < 0 ? entry.text("issuer") : Optional.of(label.substring(0, dash)),
                        dash < 0 ? label : label.substring(dash + DASH.length()),
                        entry.text("type").orElse("totp"),
                        AccountFields.secret(entry.text("secret")),
                        entry.text("algorithm"),
                        entry.numberOrAbsent("digits", Reason.DIGITS),
                        entry.numberOrAbsent("period", Reason.PERIOD),
                        entry.numberOrAbsent("counter", Reason.COUNTER))
                .found();
    }
}
