package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parses JSON of other apps, with limits on depth and memory. */
final class JsonFile {

    private static final int MAX_NAME = 1024;
    private static final int MAX_NUMBER = 32;
    private static final ImportItem NO_ACCOUNT =
            new ImportItem.Refused("", ImportItem.Reason.NOT_AN_ACCOUNT, "An entry of the file's list is no account.");

    // The names of one file are not cached for the next file, because they can be anything. JsonTree limits the
    // strings.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ImportReader.MAX_DEPTH + 1)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonFile() {}

    /**
     * Parses a text. Pictures are left out, and strings that are too long for an account become {@code null}.
     *
     * @throws UnreadableImportException if it is not JSON, too deep, or has too many parts; the message contains
     *     nothing of the content
     */
    static JsonNode parse(String text) throws UnreadableImportException {
        try (JsonParser parser = JSON.createParser(new StringReader(text))) {
            return new JsonTree(parser, text).read();
        } catch (JsonProcessingException e) {
            // The exception is dropped, because its message quotes the text.
            throw JsonExportFile.damaged("it is no proper JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from a string failed", e);
        }
    }

    /**
     * Reads every entry of an array, accepted or refused.
     *
     * @throws UnreadableImportException if it is not an array, or has too many entries
     */
    static List<ImportItem> items(JsonNode array, Function<JsonFields, ImportItem> reading)
            throws UnreadableImportException {
        if (!array.isArray()) {
            throw JsonExportFile.damaged("it has no list of accounts");
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
