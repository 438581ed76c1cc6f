package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.ImpossibleParametersException;
import java.util.List;
import java.util.Optional;

/**
 * One JSON file and what there is to open it with.
 *
 * @param password empty if none was given
 */
record FileReading(JsonFields root, Optional<char[]> password, KdfBound bound) {

    static Import read(String json, Optional<char[]> password, KdfBound bound) throws UnreadableImportException {
        JsonNode tree = JsonFile.parse(json);
        FileReading file = new FileReading(new JsonFields(tree), password, bound);
        Format format = file.format();
        try {
            return new Import(format, file.items(format), Optional.empty());
        } catch (ImpossibleParametersException e) {
            throw damaged(e.getMessage());
        }
    }

    private List<ImportItem> items(Format format) throws UnreadableImportException, ImpossibleParametersException {
        return switch (format) {
            case AEGIS -> new AegisFile(this).items();
            case TWOFAS -> new TwoFasFile(this).items();
            case BITWARDEN -> new BitwardenFile(this).items();
            default -> new EnteFile(this).items();
        };
    }

    private Format format() throws UnreadableImportException {
        if (root.has("header") && root.has("db")) {
            return Format.AEGIS;
        }
        if (root.has("servicesEncrypted") || root.hasArray("services")) {
            return Format.TWOFAS;
        }
        if (root.has("kdfParams") && root.has("encryptedData")) {
            return Format.ENTE;
        }
        if (root.hasArray("items") || root.has("encrypted")) {
            return Format.BITWARDEN;
        }
        throw new UnreadableImportException(
                Reason.UNKNOWN_FORMAT, "JSON, but not of an app that is known here: Aegis, 2FAS, Bitwarden, ente.");
    }

    /** @throws UnreadableImportException if none was given */
    char[] neededPassword() throws UnreadableImportException {
        return password.orElseThrow(() ->
                new UnreadableImportException(Reason.PASSWORD_NEEDED, "The file is encrypted: enter its password."));
    }

    /** @throws UnreadableImportException if the version is absent or not among the known ones, from 1 to the newest */
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
