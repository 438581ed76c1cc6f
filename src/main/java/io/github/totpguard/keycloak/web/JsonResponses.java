package io.github.totpguard.keycloak.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Map;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/** JSON responses that are never cacheable ({@code Cache-Control: no-store}), and the errors that all resources share. */
public final class JsonResponses {
    private static final int TOO_MANY_REQUESTS = 429;

    private JsonResponses() {}

    public static Response ok(Object body) {
        return json(Response.ok(), body);
    }

    /**
     * Ends the request. Its transaction is rolled back.
     *
     * @param error the error code for programs
     * @param details the message for users, with the next step
     */
    public static ErrorResponseException refused(Status status, String error, String details) {
        return new ErrorResponseException(json(Response.status(status), error(error, details)));
    }

    /** The request has no valid token. */
    public static ErrorResponseException unauthorized(String details) {
        return new ErrorResponseException(json(
                Response.status(Status.UNAUTHORIZED).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"),
                error("unauthorized", details)));
    }

    public static ErrorResponseException tooMany(int retryAfterSeconds) {
        return new ErrorResponseException(json(
                Response.status(TOO_MANY_REQUESTS).header(HttpHeaders.RETRY_AFTER, retryAfterSeconds),
                error("rate_limited", "Too many requests. Try again in " + retryAfterSeconds + " seconds")));
    }

    /** The body of every error. */
    public static Map<String, String> error(String error, String details) {
        return Map.of("error", error, "details", details);
    }

    public static Response json(Response.ResponseBuilder builder, Object body) {
        try {
            return notCached(builder.type(MediaType.APPLICATION_JSON_TYPE)
                            .entity(JsonSerialization.writeValueAsString(body)))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("Writing a response as JSON failed", e);
        }
    }

    public static Response.ResponseBuilder notCached(Response.ResponseBuilder builder) {
        return builder.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
