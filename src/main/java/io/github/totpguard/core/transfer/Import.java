package io.github.totpguard.core.transfer;

import java.util.List;
import java.util.Optional;

/**
 * What a file, or several QR codes, hold.
 *
 * @param items up to {@value #MAX_ITEMS} accounts in their order, none left out because of another
 * @param batch of an export in several QR codes, which of them are there; empty for every other format. If codes of
 *     several exports were given, the first export that is incomplete, else the first
 */
public record Import(Format format, List<ImportItem> items, Optional<Batch> batch) {

    /** Most accounts of one import. */
    public static final int MAX_ITEMS = 1000;

    public Import {
        items = List.copyOf(items);
    }

    /**
     * The QR codes of one export.
     *
     * @param parts how many it has, from 1 on
     * @param present the numbers of those that were given, from 1 on, ascending
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
