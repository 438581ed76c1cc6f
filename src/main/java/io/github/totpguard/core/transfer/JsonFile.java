package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** JSON of strangers, bounded in depth and in what it takes in memory. */
final class JsonFile {

    // The largest import that is allowed has less than a quarter of it.
    private static final int MAX_TOKENS = 400_000;
    private static final int MAX_NUMBER_LENGTH = 32;
    private static final ImportItem NO_ACCOUNT =
            new ImportItem.Refused("", ImportItem.Reason.NOT_AN_ACCOUNT, "An entry of the file's list is no account.");

    // A name that is there twice would mean one thing to one reader and another to the next.
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    /** @throws UnreadableImportException if it is no JSON, too deep, or of too many parts; without any of its content */
    static JsonNode parse(String text) throws UnreadableImportException {
        try {
            checkSize(text);
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // Its message quotes the text.
            throw FileReading.damaged("it is no proper JSON");
        }
    }

    /** Before anything is built: the tree of four million brackets would take a hundred times their space. */
    private static void checkSize(String text) throws JsonProcessingException, UnreadableImportException {
        try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
            int depth = 0;
            int tokens = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > ImportReader.MAX_DEPTH) {
                    throw new UnreadableImportException(
                            Reason.TOO_DEEP, "The file is nested deeper than " + ImportReader.MAX_DEPTH + " levels.");
                }
                if (++tokens > MAX_TOKENS) {
                    throw new UnreadableImportException(
                            Reason.TOO_LARGE, "The file has more than " + MAX_TOKENS + " parts.");
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("A text cannot fail to be read", e);
        }
    }

    /**
     * Every entry of an array, accepted or refused.
     *
     * @throws UnreadableImportException if it is no array, or of too many
     */
    static List<ImportItem> items(JsonNode array, Function<JsonFields, ImportItem> reading)
            throws UnreadableImportException {
        if (!array.isArray()) {
            throw FileReading.damaged("it has no list of accounts");
        }
        if (array.size() > Import.MAX_ITEMS) {
            throw new UnreadableImportException(
                    Reason.TOO_MANY_ITEMS, "There are more than " + Import.MAX_ITEMS + " accounts.");
        }
        List<ImportItem> items = new ArrayList<>();
        for (JsonNode entry : array) {
            items.add(entry.isObject() ? reading.apply(new JsonFields(entry)) : NO_ACCOUNT);
        }
        return items;
    }
}
