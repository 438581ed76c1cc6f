package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Builds the tree of a JSON text, without anything that no account needs. Pictures are skipped while reading and never
 * built; so are strings that are too long for anything but a picture or a ciphertext. There is a limit on what is kept,
 * and a larger one on what is skipped.
 */
final class JsonTree {

    /** The maximum number of tokens that are kept: names, values, and both ends of arrays and objects. */
    static final int MAX_KEPT = 400_000;

    /** The maximum number of characters of names and values that are kept, without ciphertexts. */
    static final int MAX_CHARACTERS = 16 << 20;

    /** The maximum number of tokens that are skipped. */
    static final int MAX_PASSED_OVER = 4_000_000;

    /** The longest string that is kept, in its escaped form; an otpauth URI may have this length. */
    static final int MAX_STRING = 1 << 16;

    // In lower case. The last two are members of Bitwarden, which writes many long ones for each login.
    private static final Set<String> PASSED_OVER = Set.of(
            "icon",
            "icons",
            "iconcollection",
            "customicons",
            "favicon",
            "image",
            "images",
            "thumbnail",
            "logo",
            "avatar",
            "passwordhistory",
            "fido2credentials");

    // Members that contain a whole encrypted vault: Aegis, 2FAS, ente, Proton.
    private static final Set<String> CIPHERTEXTS = Set.of("db", "servicesEncrypted", "encryptedData", "content");

    private final JsonParser parser;
    private final String text;
    private int depth;
    private int kept;
    private long characters;
    private int passedOver;

    /** @param parser a parser of the text, before its first token */
    JsonTree(JsonParser parser, String text) {
        this.parser = parser;
        this.text = text;
    }

    /**
     * @throws IOException if it is not JSON
     * @throws UnreadableImportException if it is too deep or too large, or an object contains a name twice
     */
    JsonNode read() throws IOException, UnreadableImportException {
        JsonNode root = value(next(), "");
        if (parser.nextToken() != null) {
            throw notProper();
        }
        return root;
    }

    private JsonNode value(JsonToken token, String name) throws IOException, UnreadableImportException {
        keep(0);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string(name);
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? nodes.numberNode(parser.getBigIntegerValue())
                        : nodes.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw notProper();
        };
    }

    private ObjectNode object() throws IOException, UnreadableImportException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        deeper();
        while (next() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            keep(name.length());
            JsonToken token = next();
            if (PASSED_OVER.contains(name.toLowerCase(Locale.ROOT))) {
                passOver(token);
            } else if (object.has(name)) {
                // JSON readers disagree on which of the two values is valid.
                throw notProper();
            } else {
                object.set(name, value(token, name));
            }
        }
        depth--;
        keep(0);
        return object;
    }

    private ArrayNode array() throws IOException, UnreadableImportException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        deeper();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            array.add(value(token, ""));
        }
        depth--;
        keep(0);
        return array;
    }

    private JsonNode string(String name) throws IOException, UnreadableImportException {
        if (CIPHERTEXTS.contains(name) && depth == 1) {
            return JsonNodeFactory.instance.textNode(parser.getText());
        }
        if (isTooLong()) {
            // The parser has not read the string yet, and continues after it.
            return JsonNodeFactory.instance.nullNode();
        }
        String value = parser.getText();
        keep(value.length());
        return JsonNodeFactory.instance.textNode(value);
    }

    /**
     * Finds the end of the string in the text itself, because the parser knows the length only after it has built the
     * string.
     */
    private boolean isTooLong() {
        int start = (int) parser.currentTokenLocation().getCharOffset() + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
            if (end - start > MAX_STRING) {
                return true;
            }
        }
        return false;
    }

    private void passOver(JsonToken first) throws IOException, UnreadableImportException {
        int outside = depth;
        JsonToken token = first;
        while (true) {
            if (++passedOver > MAX_PASSED_OVER) {
                throw tooLarge("more than " + MAX_PASSED_OVER + " parts that are passed over");
            }
            if (token.isStructStart()) {
                deeper();
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == outside) {
                return;
            }
            token = next();
        }
    }

    private JsonToken next() throws IOException, UnreadableImportException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw notProper();
        }
        return token;
    }

    private void deeper() throws UnreadableImportException {
        if (++depth > ImportReader.MAX_DEPTH) {
            throw new UnreadableImportException(
                    Reason.TOO_DEEP, "The file is nested deeper than " + ImportReader.MAX_DEPTH + " levels.");
        }
    }

    private void keep(int length) throws UnreadableImportException {
        characters += length;
        if (++kept > MAX_KEPT) {
            throw tooLarge("more than " + MAX_KEPT + " parts");
        }
        if (characters > MAX_CHARACTERS) {
            throw tooLarge("more than " + MAX_CHARACTERS + " characters of text");
        }
    }

    private static UnreadableImportException tooLarge(String what) {
        return new UnreadableImportException(Reason.TOO_LARGE, "The file has " + what + ".");
    }

    private static UnreadableImportException notProper() {
        return JsonExportFile.damaged("it is no proper JSON");
    }
}
