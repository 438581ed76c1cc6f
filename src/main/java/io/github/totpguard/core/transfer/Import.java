package io.github.totpguard.core.transfer;

import java.util.List;
import java.util.Optional;

/**
 * The content of a file, or of several QR codes.
 *
 * @param items up to {@value #MAX_ITEMS} accounts in file order; a refused account does not remove any other
 * @param batch for an export in several QR codes, which of them were given; empty for every other format. If codes of
 *     several exports were given, this is the first incomplete export, otherwise the first one
 */
public record Import(Format format, List<ImportItem> items, Optional<Batch> batch) {

    /** The maximum number of accounts in one import. */
    public static final int MAX_ITEMS = 1000;

    public Import {
        items = List.copyOf(items);
    }

    /**
     * The QR codes of one export.
     *
     * @param parts how many QR codes the export has, 1 or more
     * @param present the numbers of the QR codes that were given, starting at 1, ascending
     * @param missing the numbers of the others, ascending
     */
    public record Batch(int parts, List<Integer> present, List<Integer> missing) {

        public Batch {
            present = List.copyOf(present);
            missing = List.copyOf(missing);
        }

        /** Whether nothing is missing. */
        public boolean complete() {
            return missing.isEmpty();
        }
    }
}
