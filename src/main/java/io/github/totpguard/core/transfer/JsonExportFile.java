package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Reads export files with a password and within limits.
 *
 * @param password empty if none was given
 * @param characters the maximum number of characters that a compressed file may expand to
 */
record JsonExportFile(Optional<char[]> password, KdfBound bound, long characters) {

    /**
     * Reads one file, or the texts of several QR codes.
     *
     * @throws UnreadableImportException if nothing can be read, with the reason
     */
    Import read(List<Content> contents) throws UnreadableImportException {
        Optional<Import> file = contents.size() == 1 ? file(contents.get(0)) : Optional.empty();
        if (file.isPresent()) {
            return file.get();
        }
        if (contents.stream().anyMatch(JsonExportFile::isFile)) {
            throw new UnreadableImportException(
                    Reason.SEVERAL_FILES, "Only QR codes can be imported together; import files one by one.");
        }
        try {
            return UriTexts.read(contents.stream()
                    .map(content -> ((Content.Text) content).text())
                    .toList());
        } catch (UnreadableImportException e) {
            throw e.reason() == Reason.UNKNOWN_FORMAT ? ForeignFiles.unknown(Optional.empty()) : e;
        }
    }

    /** Empty for a text that may consist of URIs. */
    private Optional<Import> file(Content content) throws UnreadableImportException {
        if (content instanceof Content.Binary binary) {
            return Optional.of(binary(binary.bytes()));
        }
        String text = ((Content.Text) content).text();
        if (isJson(text)) {
            JsonFields root = new JsonFields(JsonFile.parse(text));
            return Optional.of(FileFormat.of(root, KnownFormats.JSON)
                    .orElseThrow(() -> ForeignFiles.unknown(root))
                    .read(root, this));
        }
        Optional<FileFormat<String>> format = FileFormat.of(text, KnownFormats.TEXT);
        if (format.isPresent()) {
            return Optional.of(format.get().read(text, this));
        }
        Optional<String> advice = ForeignFiles.advice(text);
        if (advice.isPresent()) {
            throw ForeignFiles.unknown(advice);
        }
        return Optional.empty();
    }

    private Import binary(byte[] bytes) throws UnreadableImportException {
        Optional<FileFormat<byte[]>> format = FileFormat.of(bytes, KnownFormats.BINARY);
        return format.isPresent()
                ? format.get().read(bytes, this)
                : new FileFormat<byte[]>(Format.ANDOTP, file -> true, AndOtpBackup::oldItems).read(bytes, this);
    }

    private static boolean isFile(Content content) {
        return !(content instanceof Content.Text text)
                || isJson(text.text())
                || FileFormat.of(text.text(), KnownFormats.TEXT).isPresent();
    }

    private static boolean isJson(String text) {
        char first = text.stripLeading().charAt(0);
        return first == '{' || first == '[';
    }

    /** @throws UnreadableImportException if no password was given */
    char[] neededPassword() throws UnreadableImportException {
        return password.orElseThrow(() ->
                new UnreadableImportException(Reason.PASSWORD_NEEDED, "The file is encrypted: enter its password."));
    }

    /** @throws UnreadableImportException if the version is missing or not between 1 and the newest known one */
    static void requireVersion(JsonFields fields, String name, long newest) throws UnreadableImportException {
        long version = fields.number(name).orElse(0);
        if (version < 1 || version > newest) {
            throw new UnreadableImportException(
                    Reason.UNSUPPORTED_VERSION,
                    "The file's version is not supported; " + name + " is 1 to " + newest + " here.");
        }
    }

    static UnreadableImportException damaged(String what) {
        return new UnreadableImportException(Reason.DAMAGED, "The file is damaged: " + what + ".");
    }

    static UnreadableImportException wrongPassword() {
        return new UnreadableImportException(
                Reason.PASSWORD_WRONG, "The password does not open the file, or the file was changed.");
    }
}
