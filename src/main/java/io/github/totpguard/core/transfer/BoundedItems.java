package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.ArrayList;
import java.util.List;

/** The accounts of a file that also contains other things. The limit applies only to accounts. */
final class BoundedItems {

    private final List<ImportItem> items = new ArrayList<>();

    /** @throws UnreadableImportException if there are {@value Import#MAX_ITEMS} already */
    void add(ImportItem item) throws UnreadableImportException {
        if (items.size() == Import.MAX_ITEMS) {
            throw new UnreadableImportException(
                    Reason.TOO_MANY_ITEMS, "There are more than " + Import.MAX_ITEMS + " accounts.");
        }
        items.add(item);
    }

    List<ImportItem> list() {
        return List.copyOf(items);
    }
}
