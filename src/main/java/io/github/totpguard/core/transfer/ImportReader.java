package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the exports of other apps. The format is recognised from the content, not from the file name. */
public final class ImportReader {

    /** The maximum nesting depth of JSON. The deepest of the formats has 6 levels. */
    public static final int MAX_DEPTH = 32;

    private ImportReader() {}

    /**
     * Like {@link #read(List, Optional, ImportBound)} with {@link ImportBound#SERVER}.
     *
     * @throws UnreadableImportException if nothing can be read, with the reason
     */
    public static Import read(List<String> contents, Optional<char[]> password) throws UnreadableImportException {
        return read(contents, password, ImportBound.SERVER);
    }

    /**
     * Reads one file, or the texts of several QR codes.
     *
     * @param contents one file, as text or as {@link #contentOf} returns it; or several texts of {@code otpauth://} and
     *     {@code otpauth-migration://} URIs, one or more per line. Blank lines, lines that begin with {@code #} and
     *     byte order marks are skipped
     * @param password for an encrypted file, ignored for others; the caller wipes it
     * @param bound how much is read, and what deriving a key may cost; only one derivation runs at a time
     * @throws UnreadableImportException if nothing can be read, with the reason
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
     * Converts the bytes of a file to a content for {@link #read(List, Optional, ImportBound)}. If the bytes are text
     * in UTF-8 (with or without a byte order mark) or in UTF-16, the result is the text. Otherwise it is {@code
     * data:application/octet-stream;base64,} and the bytes in Base64.
     */
    public static String contentOf(byte[] file) {
        return Content.of(file).print();
    }
}
