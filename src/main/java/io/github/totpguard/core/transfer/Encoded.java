package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Decodes bytes in the encodings that files use. */
final class Encoded {

    private Encoded() {}

    /** @throws UnreadableImportException if the member does not exist or is not hexadecimal */
    static byte[] hex(JsonFields fields, String name) throws UnreadableImportException {
        try {
            return HexFormat.of().parseHex(fields.text(name).orElseThrow(() -> absent(name)));
        } catch (IllegalArgumentException e) {
            throw JsonExportFile.damaged(name + " is not hexadecimal");
        }
    }

    /** @throws UnreadableImportException if the member does not exist or is not Base64 */
    static byte[] base64(JsonFields fields, String name) throws UnreadableImportException {
        return base64(fields.text(name).orElseThrow(() -> absent(name)));
    }

    /** @throws UnreadableImportException if it is not Base64 with padding */
    static byte[] base64(String text) throws UnreadableImportException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw JsonExportFile.damaged("a part of it is not Base64");
        }
    }

    /**
     * Reads an array of signed bytes, as Gson writes them.
     *
     * @param most the maximum number of bytes
     * @return empty if it is not such an array, or if it is longer
     */
    static Optional<byte[]> signedBytes(JsonNode array, int most) {
        if (!array.isArray() || array.size() > most) {
            return Optional.empty();
        }
        byte[] bytes = new byte[array.size()];
        for (int i = 0; i < bytes.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.intValue() < Byte.MIN_VALUE
                    || value.intValue() > Byte.MAX_VALUE) {
                return Optional.empty();
            }
            bytes[i] = (byte) value.intValue();
        }
        return Optional.of(bytes);
    }

    private static UnreadableImportException absent(String name) {
        return JsonExportFile.damaged(name + " is missing");
    }
}
