package io.github.totpguard.core.transfer;

import java.util.List;
import java.util.Optional;

/**
 * The CSV exports of password managers that have a column for one-time passwords: KeePassXC, Bitwarden, Bitwarden
 * Authenticator, 1Password, Apple Passwords, Proton Pass, LastPass, Dashlane. The cell is an otpauth URI, {@code
 * steam://} and Base32, or Base32 alone. Of the other columns, only the names of the service and of the user are read.
 *
 * @see <a href="https://github.com/keepassxreboot/keepassxc">src/format/CsvExporter.cpp of KeePassXC 2.7</a>
 * @see <a href="https://github.com/bitwarden/android">AuthenticatorRepositoryImpl.encodeVaultDataToCsv of
 *     bitwarden/android, commit 16ee771, and ExportItemsService.exportCsv of bitwarden/ios, commit 58abcdd</a>
 */
final class CsvFile {

    private final CsvColumns columns;
    private final CsvText records;

    private CsvFile(CsvColumns columns, CsvText records) {
        this.columns = columns;
        this.records = records;
    }

    /** @param text a text with columns that {@link CsvColumns} recognises */
    static CsvFile of(String text) {
        CsvColumns columns = CsvColumns.of(text).orElseThrow();
        return new CsvFile(columns, new CsvText(text.stripLeading(), columns.separator()));
    }

    List<ImportItem> items() throws UnreadableImportException {
        BoundedItems accounts = new BoundedItems();
        records.next();
        for (Optional<List<String>> record = records.next(); record.isPresent(); record = records.next()) {
            String totp = columns.totp(record.get()).strip();
            if (!totp.isBlank()) {
                accounts.add(item(columns.service(record.get()), columns.user(record.get()), totp));
            }
        }
        return accounts.list();
    }

    private ImportItem item(String service, String user, String totp) {
        if (columns.areOfBitwarden()) {
            return new PasswordItem(service, user, totp).read();
        }
        String uri = columns.areOfKeePassXc() ? KeePassNames.uri(totp, service, user) : totp;
        return new PasswordItem(service, user, uri).read();
    }
}
