package io.github.totpguard.core.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of a table, recognised by their headings.
 *
 * @param separator the character between the cells
 * @param names the headings in lower case
 * @param totp the index of the column with the secrets
 */
record CsvColumns(char separator, List<String> names, int totp) {

    // Bitwarden; KeePassXC, Proton Pass, LastPass; 1Password, Apple Passwords; Dashlane.
    private static final List<String> TOTP = List.of("login_totp", "totp", "otpauth", "otpsecret");
    private static final List<String> SERVICE = List.of("name", "title");
    private static final List<String> USER = List.of("login_username", "username", "email");
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
    // Bitwarden Authenticator for Android writes nine cells a row, but only six headings.
    private static final int WITHOUT_HEADING = 3;
    private static final int MAX_HEADING = 1 << 12;

    /** The columns of a text whose first line has a heading for secrets and other headings. */
    static Optional<CsvColumns> of(String text) {
        String heading = text.stripLeading()
                .lines()
                .limit(1)
                .filter(line -> line.length() <= MAX_HEADING)
                .findFirst()
                .orElse("");
        return SEPARATORS.stream()
                .map(separator -> of(heading, separator))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<CsvColumns> of(String heading, char separator) {
        try {
            List<String> names = new CsvText(heading, separator)
                    .next().orElse(List.of()).stream()
                            .map(name -> name.strip().toLowerCase(Locale.ROOT))
                            .toList();
            return TOTP.stream()
                    .filter(name -> names.size() > 1 && names.contains(name))
                    .findFirst()
                    .map(name -> new CsvColumns(separator, names, names.indexOf(name)));
        } catch (UnreadableImportException e) {
            // The line is not a heading.
            return Optional.empty();
        }
    }

    /** Whether Bitwarden or Bitwarden Authenticator wrote the file. */
    boolean areOfBitwarden() {
        return names.get(totp).equals("login_totp");
    }

    /** Whether KeePassXC wrote the file. */
    boolean areOfKeePassXc() {
        return names.get(totp).equals("totp") && names.contains("group") && names.contains("title");
    }

    /** The secret of a record; blank if it is a password without a secret. */
    String totp(List<String> cells) {
        String cell = cell(cells, totp);
        if (!areOfBitwarden() || PasswordItem.isUri(cell.strip())) {
            return cell;
        }
        // Bitwarden Authenticator does not quote cells: a comma in a name shifts the cells after it.
        return cells.stream().filter(PasswordItem::isUri).findFirst().orElse(cell);
    }

    String service(List<String> cells) {
        return first(SERVICE, cells);
    }

    String user(List<String> cells) {
        return first(USER, cells);
    }

    private String first(List<String> headings, List<String> cells) {
        if (areShifted(cells)) {
            return "";
        }
        return headings.stream()
                .filter(names::contains)
                .map(heading -> cell(cells, names.indexOf(heading)))
                .filter(cell -> !cell.isBlank())
                .findFirst()
                .orElse("");
    }

    /** Whether cells are shifted. Then the headings do not match, and a secret could be mistaken for a name. */
    private boolean areShifted(List<String> cells) {
        return areOfBitwarden() && cells.size() != names.size() && cells.size() != names.size() + WITHOUT_HEADING;
    }

    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? cells.get(column) : "";
    }
}
