package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backup of Stratum, formerly Authenticator Pro, as <a
 * href="https://github.com/stratumauth/app/blob/master/doc/BACKUP_FORMAT.md">its documentation</a> describes it
 * (version 1.6.2).
 */
final class StratumFile {

    private static final Map<Long, String> TYPES = Map.of(1L, "hotp", 2L, "totp", 4L, "steam");
    private static final Map<Long, String> ALGORITHMS = Map.of(0L, "SHA1", 1L, "SHA256", 2L, "SHA512");

    private final JsonFields root;

    StratumFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        return root.hasArray("Authenticators");
    }

    List<ImportItem> items() throws UnreadableImportException {
        return JsonFile.items(root.node().path("Authenticators"), StratumFile::item);
    }

    private static ImportItem item(JsonFields entry) {
        return ItemReading.item(
                entry.text("Issuer").or(() -> entry.text("Username")).orElse(""), () -> account(entry));
    }

    private static AccountReading account(JsonFields entry) throws RefusalException {
        return new AccountFields(
                        entry.text("Issuer"),
                        entry.text("Username").orElse(""),
                        // Mobile-OTP and Yandex have numbers too. They are not in the list, so they are refused.
                        named(TYPES, entry, "Type"),
                        AccountFields.secret(entry.text("Secret")),
                        Optional.of(named(ALGORITHMS, entry, "Algorithm")).filter(name -> entry.has("Algorithm")),
                        entry.numberOrAbsent("Digits", Reason.DIGITS),
                        entry.numberOrAbsent("Period", Reason.PERIOD),
                        entry.numberOrAbsent("Counter", Reason.COUNTER))
                .found();
    }

    private static String named(Map<Long, String> names, JsonFields entry, String member) {
        return names.getOrDefault(entry.number(member).orElse(-1), "");
    }
}
