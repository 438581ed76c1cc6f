package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what other apps export. The format is recognised, whatever the file is called. */
public final class ImportReader {

    /** Deepest nesting of JSON; the deepest that any of the formats has is 6. */
    public static final int MAX_DEPTH = 32;

    private ImportReader() {}

    /**
     * {@link #read(List, Optional, ImportBound)} within {@link ImportBound#SERVER}.
     *
     * @throws UnreadableImportException if there is nothing to be read, with the reason
     */
    public static Import read(List<String> contents, Optional<char[]> password) throws UnreadableImportException {
        return read(contents, password, ImportBound.SERVER);
    }

    /**
     * Reads one file, or the texts of several QR codes.
     *
     * @param contents one file, as text or as {@link #contentOf} makes it; or several texts of {@code otpauth://} and
     *     {@code otpauth-migration://} URIs, one or more a line. Blank lines, lines that begin with {@code #} and byte
     *     order marks are skipped
     * @param password of an encrypted file, ignored for others; the caller wipes it
     * @param bound how much is read, and what the derivation of a key may cost; one runs at a time
     * @throws UnreadableImportException if there is nothing to be read, with the reason
     */
    public static Import read(List<String> contents, Optional<char[]> password, ImportBound bound)
            throws UnreadableImportException {
        long characters = contents.stream().mapToLong(String::length).sum();
        if (characters > bound.characters()) {
            throw new UnreadableImportException(
                    Reason.TOO_LARGE,
                    "Up to " + bound.characters() + " characters are read, these are " + characters + ".");
        }
        List<Content> files = new ArrayList<>();
        for (String content : contents) {
            Content file = Content.of(content);
            if (!(file instanceof Content.Text text && text.text().isBlank())) {
                files.add(file);
            }
        }
        return new JsonExportFile(password, bound.kdf(), bound.characters()).read(files);
    }

    /**
     * A file's bytes as a content of {@link #read(List, Optional, ImportBound)}: its text, if it is text in UTF-8 with
     * or without a byte order mark or in UTF-16; else {@code data:application/octet-stream;base64,} and the bytes in
     * Base64.
     */
    public static String contentOf(byte[] file) {
        return Content.of(file).print();
    }
}
