package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.totpguard.keycloak.vault.rest.BodyFields.Field;
import io.github.totpguard.keycloak.vault.rest.UnreadableBodyException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads a JSON object as a stream into the fields that a resource has declared. As a tree, {@code {"z":[{},{},...]}}
 * takes a hundred times the memory of its text. Therefore other members are skipped and no objects are created for
 * them.
 */
final class BodyReader {
    /** Placeholders for a value that is present but does not have the field's type. */
    enum Placeholder {
        NULL,
        OTHER_TYPE
    }

    private static final int MAX_DEPTH = 16;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_NAME_LENGTH = 1_000;

    private final JsonParser parser;
    private final BodyFields fields;
    private int tokens;

    private BodyReader(JsonParser parser, BodyFields fields) {
        this.parser = parser;
        this.fields = fields;
    }

    /**
     * Returns the declared fields that are present: {@link String}, {@link Boolean}, {@link Long}, a {@link List} of
     * strings, or {@link Placeholder}.
     *
     * @param nanos a monotonic clock
     */
    static Map<String, Object> read(InputStream in, BodyFields fields, LongSupplier nanos)
            throws UnreadableBodyException {
        try (JsonParser parser = factory(fields).createParser(new BodyStream(in, fields.maxBytes(), nanos))) {
            return new BodyReader(parser, fields).object();
        } catch (BodyStream.TooLongException e) {
            throw tooLarge("A request has up to " + fields.maxBytes() + " bytes here");
        } catch (BodyStream.TooSlowException e) {
            throw new UnreadableBodyException(
                    Reason.TOO_SLOW,
                    "The body of the request took longer than " + BodyStream.MAX_TIME.toSeconds()
                            + " seconds. Try again on a faster connection");
        } catch (StreamConstraintsException e) {
            throw tooLarge("The body of the request is nested too deeply, or a name or value in it is too long");
        } catch (IOException e) {
            throw notAnObject();
        }
    }

    private static JsonFactory factory(BodyFields fields) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Math.max(fields.maxCharacters(), MAX_NAME_LENGTH))
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_DIGITS)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // Do not cache names that callers choose.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    private Map<String, Object> object() throws IOException, UnreadableBodyException {
        Map<String, Object> values = new HashMap<>();
        if (next() != JsonToken.START_OBJECT) {
            throw notAnObject();
        }
        while (next() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = next();
            Optional<Field> field = fields.find(name);
            if (field.isPresent()) {
                values.put(name, value(name, field.get(), value));
            } else if (fields.isMisspelt(name)) {
                // The message does not quote the name, because a caller can put anything there.
                throw new UnreadableBodyException(
                        Reason.SIMILAR_NAME,
                        "A field is not called as one that changes the codes, but nearly: correct its name or remove it");
            } else {
                skip(value);
            }
        }
        if (next() != null) {
            throw notAnObject();
        }
        return values;
    }

    private Object value(String name, Field field, JsonToken token) throws IOException, UnreadableBodyException {
        if (token == JsonToken.VALUE_NULL) {
            return Placeholder.NULL;
        }
        Optional<Object> value =
                switch (field.kind()) {
                    case TEXT ->
                        token == JsonToken.VALUE_STRING
                                ? Optional.of(text(name, field.maxCharacters(), field))
                                : Optional.empty();
                    case FLAG -> token.isBoolean() ? Optional.of(parser.getBooleanValue()) : Optional.empty();
                    case NUMBER -> number(token);
                    case TEXTS -> token == JsonToken.START_ARRAY ? Optional.of(texts(name, field)) : Optional.empty();
                };
        if (value.isEmpty()) {
            skip(token);
        }
        return value.orElse(Placeholder.OTHER_TYPE);
    }

    private Optional<Object> number(JsonToken token) throws IOException {
        boolean fits =
                token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fits ? Optional.of(parser.getLongValue()) : Optional.empty();
    }

    private Object texts(String name, Field field) throws IOException, UnreadableBodyException {
        List<String> texts = new ArrayList<>();
        int left = field.maxCharacters();
        boolean allTexts = true;
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (token == JsonToken.VALUE_STRING) {
                String text = text(name, left, field);
                left -= text.length();
                texts.add(text);
            } else {
                allTexts = false;
                skip(token);
            }
        }
        return allTexts ? texts : Placeholder.OTHER_TYPE;
    }

    private String text(String name, int max, Field field) throws IOException, UnreadableBodyException {
        // The parser already holds the characters. The check comes before a second copy is made.
        if (parser.getTextLength() > max) {
            throw tooLarge("The field " + name + " has up to " + field.maxCharacters() + " characters");
        }
        return parser.getText();
    }

    private void skip(JsonToken first) throws IOException, UnreadableBodyException {
        int open = first.isStructStart() ? 1 : 0;
        while (open > 0) {
            JsonToken token = next();
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
    }

    /** The next token; null at the end of the input. */
    private JsonToken next() throws IOException, UnreadableBodyException {
        if (++tokens > fields.maxTokens()) {
            throw tooLarge("The body of the request has up to " + fields.maxTokens() + " parts here");
        }
        return parser.nextToken();
    }

    private static UnreadableBodyException tooLarge(String message) {
        return new UnreadableBodyException(Reason.TOO_LARGE, message);
    }

    private static UnreadableBodyException notAnObject() {
        return new UnreadableBodyException(Reason.NOT_AN_OBJECT, "The body of the request is not a JSON object");
    }
}
