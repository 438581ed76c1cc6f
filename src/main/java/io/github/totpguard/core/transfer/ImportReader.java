package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.CryptoUnavailableException;
import java.util.List;
import java.util.Optional;

/** Reads what other apps export. The format is recognised, whatever the file is called. */
public final class ImportReader {

    /** Most characters of all contents together. Aegis keeps icons in its file, so that it can be large. */
    public static final int MAX_CHARACTERS = 4 << 20;

    /** Deepest nesting of JSON; the deepest that any of the formats has is 6. */
    public static final int MAX_DEPTH = 32;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ImportReader() {}

    /**
     * {@link #read(List, Optional, KdfBound)} within {@link KdfBound#DEFAULT}.
     *
     * @throws UnreadableImportException if there is nothing to be read, with the reason
     */
    public static Import read(List<String> contents, Optional<char[]> password) throws UnreadableImportException {
        return read(contents, password, KdfBound.DEFAULT);
    }

    /**
     * Reads one file, or the texts of several QR codes.
     *
     * @param contents one file's text; or several texts of {@code otpauth://} and {@code otpauth-migration://} URIs,
     *     one or more a line. Blank lines, lines that begin with {@code #} and byte order marks are skipped
     * @param password of an encrypted file, ignored for others; the caller wipes it
     * @param bound what the derivation of a key may cost; one runs at a time
     * @throws UnreadableImportException if there is nothing to be read, with the reason
     */
    public static Import read(List<String> contents, Optional<char[]> password, KdfBound bound)
            throws UnreadableImportException {
        long characters = contents.stream().mapToLong(String::length).sum();
        if (characters > MAX_CHARACTERS) {
            throw new UnreadableImportException(
                    Reason.TOO_LARGE,
                    "Up to " + MAX_CHARACTERS + " characters are read, these are " + characters + ".");
        }
        List<String> texts = contents.stream()
                .map(ImportReader::withoutMark)
                .filter(text -> !text.isBlank())
                .toList();
        if (texts.stream().noneMatch(ImportReader::isJson)) {
            return UriTexts.read(texts);
        }
        if (texts.size() > 1) {
            throw new UnreadableImportException(
                    Reason.SEVERAL_FILES, "Only QR codes can be imported together; import files one by one.");
        }
        try {
            return FileReading.read(texts.get(0), password, bound);
        } catch (CryptoUnavailableException e) {
            throw new UnreadableImportException(
                    Reason.CRYPTO_UNAVAILABLE,
                    e.getMessage() + ", which the file needs. Export without encryption instead.");
        }
    }

    private static boolean isJson(String text) {
        char first = text.stripLeading().charAt(0);
        return first == '{' || first == '[';
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }
}
