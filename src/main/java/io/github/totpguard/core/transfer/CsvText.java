package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses the records of a CSV text (RFC 4180): quoted cells may contain separators, line breaks and doubled quotes. A
 * quote inside an unquoted cell is an ordinary character, because some apps never quote.
 */
final class CsvText {

    /** The maximum length of a cell in characters. A longer cell can only be a note, and is read as empty. */
    static final int MAX_CELL = 1 << 16;

    /** The maximum number of cells in one record. */
    static final int MAX_CELLS = 1000;

    private static final char QUOTE = '"';

    private final String text;
    private final char separator;
    private int at;

    CsvText(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /**
     * Reads the next record. Blank lines are skipped.
     *
     * @return empty at the end
     * @throws UnreadableImportException if a quoted cell has no end, or a record has too many cells
     */
    Optional<List<String>> next() throws UnreadableImportException {
        while (at < text.length() && isLineBreak(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return Optional.empty();
        }
        List<String> cells = new ArrayList<>();
        do {
            if (cells.size() == MAX_CELLS) {
                throw new UnreadableImportException(
                        Reason.TOO_LARGE, "A line of the file has more than " + MAX_CELLS + " cells.");
            }
            cells.add(cell());
        } while (separated());
        return Optional.of(cells);
    }

    private String cell() throws UnreadableImportException {
        StringBuilder cell = new StringBuilder();
        if (at < text.length() && text.charAt(at) == QUOTE) {
            quoted(cell);
        }
        int from = at;
        while (at < text.length() && text.charAt(at) != separator && !isLineBreak(text.charAt(at))) {
            at++;
        }
        append(cell, from, at);
        return cell.length() > MAX_CELL ? "" : cell.toString();
    }

    private void quoted(StringBuilder cell) throws UnreadableImportException {
        at++;
        while (true) {
            int quote = text.indexOf(QUOTE, at);
            if (quote < 0) {
                throw JsonExportFile.damaged("a cell in quotes does not end");
            }
            append(cell, at, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) != QUOTE) {
                return;
            }
            append(cell, at, at + 1);
            at++;
        }
    }

    private void append(StringBuilder cell, int from, int to) {
        // One character beyond the limit shows that the cell is too long.
        int room = MAX_CELL + 1 - cell.length();
        cell.append(text, from, Math.min(to, from + Math.max(room, 0)));
    }

    private boolean separated() {
        if (at < text.length() && text.charAt(at) == separator) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
