package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Files that are recognised but not supported, with advice on what to do instead. */
final class ForeignFiles {

    // The first bytes of the file, as ISO 8859-1.
    private static final Map<String, String> MARKS = Map.of(
            "SQLite format 3\0",
            "This is the database of an app, such as Google Authenticator's or Microsoft Authenticator's. Use the app's"
                    + " own export; Microsoft Authenticator has none, set its accounts up again.",
            "PK\3\4",
            "This is a ZIP archive. Unpack it and import the file in it.",
            "\u0089PNG",
            "This is a picture. Scan the QR code in it instead.",
            "\u00ff\u00d8\u00ff",
            "This is a picture. Scan the QR code in it instead.",
            "%PDF",
            "This is a PDF document. Import the app's own export instead.");

    private static final String AUTHY = "Authy has no export. Set each account up again in its service's settings.";

    private ForeignFiles() {}

    static UnreadableImportException unknown(JsonFields root) {
        return unknown(advice(root));
    }

    static UnreadableImportException unknown(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
        return unknown(MARKS.entrySet().stream()
                .filter(mark -> start.startsWith(mark.getKey()))
                .map(Map.Entry::getValue)
                .findFirst());
    }

    /** Advice for a text that is neither JSON nor a list of URIs; empty if the text is not recognised. */
    static Optional<String> advice(String text) {
        String start = text.stripLeading();
        start = start.substring(0, Math.min(start.length(), 4096)).toLowerCase(Locale.ROOT);
        if (start.startsWith("-----begin pgp") || start.startsWith("age-encryption.org")) {
            return Optional.of("The file is encrypted by another program. Decrypt it there, then import it.");
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return Optional.of("This is a web page. Export the accounts as JSON or as otpauth:// URIs instead.");
        }
        return start.contains("com.authy.") ? Optional.of(AUTHY) : Optional.empty();
    }

    static UnreadableImportException unknown(Optional<String> advice) {
        return new UnreadableImportException(
                Reason.UNKNOWN_FORMAT,
                advice.map(text -> text + " ").orElse("The file is not of an app that is known here. ")
                        + "Exports of these apps are read: " + Format.allPlaces() + ".");
    }

    private static Optional<String> advice(JsonFields root) {
        JsonNode first = root.node().path(0);
        if (root.has("deviceSecret") && root.hasArray("accounts")) {
            return Optional.of(
                    "Files of LastPass Authenticator are not read. Open its accounts in LastPass, or set them"
                            + " up again.");
        }
        if (first.has("otpGenerator")) {
            return Optional.of(
                    "Files of Duo Mobile are not read. Set each account up again in its service's settings.");
        }
        if (root.has("shared_secret")) {
            return Optional.of(
                    "Files of Steam's own app are not read. Enter the account as otpauth://steam/... instead.");
        }
        if (root.hasArray("authenticator_tokens") || first.has("secretSeed") || first.has("decryptedSecret")) {
            return Optional.of(AUTHY);
        }
        return Optional.empty();
    }
}
