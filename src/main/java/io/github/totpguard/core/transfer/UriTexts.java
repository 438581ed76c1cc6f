package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.Import.Batch;
import io.github.totpguard.core.transfer.ImportItem.Refused;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The {@code otpauth://} and {@code otpauth-migration://} URIs of a file or of QR codes, one or more per line. */
final class UriTexts {

    private final List<ImportItem> items = new ArrayList<>();
    private final List<MigrationPart> parts = new ArrayList<>();
    private boolean anyUri;
    private boolean anyMigration;

    private UriTexts() {}

    static Import read(List<String> texts) throws UnreadableImportException {
        UriTexts reading = new UriTexts();
        int number = 0;
        for (String text : texts) {
            for (String line : (Iterable<String>) text.lines()::iterator) {
                number++;
                if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                    reading.addLine(number, line);
                }
            }
        }
        return reading.result();
    }

    private void addLine(int number, String line) throws UnreadableImportException {
        UriLine parts = UriLine.split(line);
        if (parts.hasOtherText()) {
            // The message does not quote the text, because it may be a bare secret.
            put(new Refused(
                    "",
                    ImportItem.Reason.NOT_AN_ACCOUNT,
                    parts.uris().isEmpty()
                            ? "Line " + number + " does not begin with otpauth://."
                            : "Line " + number + " has text before its first otpauth://, which was not read."));
        }
        for (String uri : parts.uris()) {
            if (startsWith(uri, MigrationPart.SCHEME)) {
                anyMigration = true;
                addPart(number, uri);
            } else {
                anyUri = true;
                put(ItemReading.uri(uri));
            }
        }
    }

    private void addPart(int number, String line) throws UnreadableImportException {
        try {
            MigrationPart part = MigrationPart.read(line);
            if (parts.stream().noneMatch(other -> other.sameCode(part))) {
                parts.add(part);
            }
        } catch (RefusalException e) {
            put(new Refused("", e.reason(), "Line " + number + ": " + e.getMessage()));
        }
        if (parts.size() > Import.MAX_ITEMS) {
            throw tooMany();
        }
    }

    private Import result() throws UnreadableImportException {
        if (!anyUri && !anyMigration) {
            throw new UnreadableImportException(
                    Reason.UNKNOWN_FORMAT, "Neither otpauth URIs nor a file of an app that is known here.");
        }
        if (!anyUri && parts.isEmpty()) {
            throw new UnreadableImportException(Reason.DAMAGED, "No QR code of the export can be read.");
        }
        Map<Long, List<MigrationPart>> exports = exports();
        for (List<MigrationPart> export : exports.values()) {
            for (MigrationPart part : export) {
                for (ImportItem item : part.items()) {
                    put(item);
                }
            }
        }
        return new Import(anyMigration ? Format.OTPAUTH_MIGRATION : Format.OTPAUTH_LIST, items, batch(exports));
    }

    /** The parts of each export, in the order of their numbers, whatever the order of scanning. */
    private Map<Long, List<MigrationPart>> exports() {
        Map<Long, List<MigrationPart>> exports = new TreeMap<>();
        parts.stream().sorted((a, b) -> Integer.compare(a.index(), b.index())).forEach(part -> exports.computeIfAbsent(
                        part.batchId(), id -> new ArrayList<>())
                .add(part));
        return exports;
    }

    private static Optional<Batch> batch(Map<Long, List<MigrationPart>> exports) {
        List<Batch> batches = exports.values().stream().map(UriTexts::batchOf).toList();
        return batches.stream().filter(batch -> !batch.complete()).findFirst().or(() -> batches.stream()
                .findFirst());
    }

    private static Batch batchOf(List<MigrationPart> export) {
        int size = export.stream().mapToInt(MigrationPart::parts).max().orElse(1);
        List<Integer> present =
                export.stream().map(part -> part.index() + 1).distinct().toList();
        List<Integer> missing = IntStream.rangeClosed(1, size)
                .boxed()
                .filter(part -> !present.contains(part))
                .toList();
        return new Batch(size, present, missing);
    }

    private void put(ImportItem item) throws UnreadableImportException {
        if (items.size() == Import.MAX_ITEMS) {
            throw tooMany();
        }
        items.add(item);
    }

    private static UnreadableImportException tooMany() {
        return new UnreadableImportException(
                Reason.TOO_MANY_ITEMS, "There are more than " + Import.MAX_ITEMS + " accounts.");
    }

    private static boolean startsWith(String line, String scheme) {
        return line.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
