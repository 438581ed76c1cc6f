package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.keycloak.vault.account.RequestPause;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.services.ErrorResponseException;

/**
 * The JSON object that a caller sent. Its fields are read by their types. No part of it is quoted in an error response.
 */
final class RequestBody {
    private final BodyFields fields;
    private final Map<String, Object> values;

    private RequestBody(BodyFields fields, Map<String, Object> values) {
        this.fields = fields;
        this.values = values;
    }

    /**
     * Reads the body from the network. The caller can make this last up to {@link BodyStream#MAX_TIME}, so the request
     * returns its database connection to the pool first. Until then, the request must not have written to the database,
     * and must hold no lock.
     *
     * @throws jakarta.ws.rs.WebApplicationException with status 400, 408, 413 or 503
     */
    static RequestBody read(VaultCaller caller, InputStream in, BodyFields fields) {
        VaultResponses.answering(() -> {
            RequestPause.begin(caller.session());
            return caller;
        });
        try {
            return new RequestBody(
                    fields, BodyReader.read(in == null ? InputStream.nullInputStream() : in, fields, System::nanoTime));
        } catch (UnreadableBodyException e) {
            throw switch (e.reason()) {
                case NOT_AN_OBJECT ->
                    VaultResponses.refused(Status.BAD_REQUEST, "Invalid request format", e.getMessage());
                case TOO_LARGE -> VaultResponses.refused(Status.REQUEST_ENTITY_TOO_LARGE, "too_large", e.getMessage());
                case SIMILAR_NAME ->
                    VaultResponses.invalidAccount(
                            "Invalid account", InvalidOtpAuthUriException.Reason.SIMILAR_PARAMETER, e.getMessage());
                case TOO_SLOW -> VaultResponses.refused(Status.REQUEST_TIMEOUT, "too_slow", e.getMessage());
            };
        }
    }

    boolean has(String field) {
        requireDeclared(field);
        return values.containsKey(field);
    }

    boolean hasText(String field) {
        requireDeclared(field);
        return values.get(field) instanceof String;
    }

    /** Empty if the field is missing or null. */
    Optional<String> text(String field) {
        return value(field, BodyFields.Kind.TEXT).map(String.class::cast);
    }

    Optional<Boolean> flag(String field) {
        return value(field, BodyFields.Kind.FLAG).map(Boolean.class::cast);
    }

    Optional<Long> number(String field) {
        return value(field, BodyFields.Kind.NUMBER).map(Long.class::cast);
    }

    /** The elements of a list of texts; empty if the field is missing or null. */
    List<String> texts(String field) {
        return value(field, BodyFields.Kind.TEXTS).stream()
                .flatMap(texts -> ((List<?>) texts).stream())
                .map(String.class::cast)
                .toList();
    }

    /** For a field that has the right type but an invalid value. */
    static ErrorResponseException invalid(String details) {
        return VaultResponses.refused(Status.BAD_REQUEST, "invalid_request", details);
    }

    private Optional<Object> value(String field, BodyFields.Kind kind) {
        if (requireDeclared(field).kind() != kind) {
            throw new IllegalArgumentException("The field " + field + " is declared with another type");
        }
        Object value = values.getOrDefault(field, BodyReader.Placeholder.NULL);
        if (value == BodyReader.Placeholder.OTHER_TYPE) {
            throw invalid("The field " + field + " must be " + kind.words());
        }
        return value == BodyReader.Placeholder.NULL ? Optional.empty() : Optional.of(value);
    }

    /** Fails for an undeclared field, because the reader would always skip it. */
    private BodyFields.Field requireDeclared(String field) {
        return fields.find(field)
                .orElseThrow(() -> new IllegalArgumentException("The field " + field + " is not declared"));
    }
}
