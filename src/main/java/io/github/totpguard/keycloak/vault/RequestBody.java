package io.github.totpguard.keycloak.vault;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/** What a caller sent: a JSON object, of which each field is asked for by its type. Nothing of it gets into an answer. */
final class RequestBody {
    /** Enough for any account, in bytes. */
    static final int SMALL = 16 << 10;

    private static final ObjectReader READER =
            JsonSerialization.mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode object;

    private RequestBody(JsonNode object) {
        this.object = object;
    }

    /**
     * @param mostBytes what is longer is not read
     * @throws jakarta.ws.rs.WebApplicationException that answers 400 or 413
     */
    static RequestBody read(InputStream in, int mostBytes) {
        try {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw VaultAnswer.refused(
                        Status.REQUEST_ENTITY_TOO_LARGE,
                        "too_large",
                        "A request has up to " + mostBytes + " bytes here");
            }
            JsonNode read = READER.readTree(bytes);
            if (read != null && read.isObject()) {
                return new RequestBody(read);
            }
        } catch (IOException e) {
            // Not JSON. The parser's words would quote what was sent.
        }
        throw VaultAnswer.refused(
                Status.BAD_REQUEST, "Invalid request format", "The body of the request is not a JSON object");
    }

    boolean has(String field) {
        return object.has(field);
    }

    boolean hasText(String field) {
        return object.path(field).isTextual();
    }

    /** Empty if the field is missing or null. */
    Optional<String> text(String field) {
        return value(field, JsonNode::isTextual, "a text").map(JsonNode::textValue);
    }

    Optional<Boolean> flag(String field) {
        return value(field, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    Optional<Long> number(String field) {
        return value(field, node -> node.isIntegralNumber() && node.canConvertToLong(), "a whole number")
                .map(JsonNode::longValue);
    }

    /** The elements of a list of texts; empty if the field is missing or null. */
    List<String> texts(String field) {
        return value(field, RequestBody::isListOfTexts, "a list of texts").stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(JsonNode::textValue)
                .toList();
    }

    /** For a field that has the right type and yet makes no sense. */
    static ErrorResponseException invalid(String details) {
        return VaultAnswer.refused(Status.BAD_REQUEST, "invalid_request", details);
    }

    private Optional<JsonNode> value(String field, Predicate<JsonNode> fits, String expected) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!fits.test(node)) {
            throw invalid("The field " + field + " must be " + expected);
        }
        return Optional.of(node);
    }

    private static boolean isListOfTexts(JsonNode node) {
        return node.isArray() && StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isTextual);
    }
}
