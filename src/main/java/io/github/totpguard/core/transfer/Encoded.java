package io.github.totpguard.core.transfer;

import java.util.Base64;
import java.util.HexFormat;

/** Bytes as files write them. */
final class Encoded {

    private Encoded() {}

    /** @throws UnreadableImportException if there is no such member, or it is not hexadecimal */
    static byte[] hex(JsonFields fields, String name) throws UnreadableImportException {
        try {
            return HexFormat.of().parseHex(fields.text(name).orElseThrow(() -> absent(name)));
        } catch (IllegalArgumentException e) {
            throw FileReading.damaged(name + " is not hexadecimal");
        }
    }

    /** @throws UnreadableImportException if there is no such member, or it is not Base64 */
    static byte[] base64(JsonFields fields, String name) throws UnreadableImportException {
        return base64(fields.text(name).orElseThrow(() -> absent(name)));
    }

    /** @throws UnreadableImportException if it is not Base64 with padding */
    static byte[] base64(String text) throws UnreadableImportException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw FileReading.damaged("a part of it is not Base64");
        }
    }

    private static UnreadableImportException absent(String name) {
        return FileReading.damaged(name + " is missing");
    }
}
