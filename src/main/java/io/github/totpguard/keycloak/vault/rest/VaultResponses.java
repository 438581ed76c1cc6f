package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.sealing.SealingUnavailableException;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/** What callers are told: JSON that nobody on the way may keep. */
final class VaultResponses {
    private static final Logger LOG = Logger.getLogger(VaultResponses.class);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SECONDS_UNTIL_A_PLACE = 5;

    private VaultResponses() {}

    static Response ok(Object body) {
        return json(Response.ok(), body);
    }

    static Response created(Object body) {
        return json(Response.status(Status.CREATED), body);
    }

    static Response removed() {
        return notKept(Response.noContent()).build();
    }

    /** A file to be saved under this name. */
    static Response file(String name, MediaType type, String content) {
        return notKept(Response.ok(content, type))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /**
     * Ends the request; what it has written is undone.
     *
     * @param error for programs
     * @param details for people, with what to do
     */
    static ErrorResponseException refused(Status status, String error, String details) {
        return new ErrorResponseException(json(Response.status(status), error(error, details)));
    }

    /**
     * Ends the request, for there cannot be such an account.
     *
     * @param reason for programs that tell people in their own language, in the answer in lower case
     */
    static ErrorResponseException invalidAccount(
            String error, InvalidOtpAuthUriException.Reason reason, String details) {
        Map<String, String> body = Map.of(
                "error", error, "details", details, "reason", reason.name().toLowerCase(Locale.ROOT));
        return new ErrorResponseException(json(Response.status(Status.BAD_REQUEST), body));
    }

    /** The request did not say who is asking, or not believably. */
    static ErrorResponseException unauthorized() {
        return new ErrorResponseException(json(
                Response.status(Status.UNAUTHORIZED).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"),
                error("unauthorized", "A bearer token for this vault is needed. Sign in again")));
    }

    /** Another user's account is not told from one that is not there. */
    static ErrorResponseException notFound() {
        return refused(Status.NOT_FOUND, "not_found", "You have no account with this id");
    }

    static ErrorResponseException tooMany(int retryAfterSeconds) {
        return new ErrorResponseException(json(
                Response.status(TOO_MANY_REQUESTS).header(HttpHeaders.RETRY_AFTER, retryAfterSeconds),
                error("rate_limited", "Too many requests. Try again in " + retryAfterSeconds + " seconds")));
    }

    /** Every place for this kind of work is taken; the request did nothing. */
    static ErrorResponseException busy(String details) {
        return new ErrorResponseException(json(
                Response.status(Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_A_PLACE),
                error("busy", details)));
    }

    /** An account of the caller's that is stored and cannot be used. */
    static ErrorResponseException unreadable(UnreadableAccountException e) {
        return e.keyMissing()
                ? keyMissing()
                : refused(
                        Status.INTERNAL_SERVER_ERROR,
                        "unreadable",
                        "This account is damaged. Remove it and add it again; your administrator finds the cause in the log");
    }

    /**
     * What may fail because the realm's key or the database is not there: nothing is stored then, nor told.
     *
     * @throws ErrorResponseException that answers 503
     */
    static <T> T answering(Supplier<T> work) {
        try {
            return work.get();
        } catch (SealingUnavailableException e) {
            LOG.errorf(e, "The vault cannot seal: %s", e.getMessage());
            throw keyMissing();
        } catch (VerificationUnavailableException e) {
            // Logged by the gate.
            throw refused(
                    Status.SERVICE_UNAVAILABLE,
                    "unavailable",
                    "The vault cannot count right now. Try again in a minute");
        }
    }

    private static ErrorResponseException keyMissing() {
        return refused(
                Status.SERVICE_UNAVAILABLE,
                "key_missing",
                "The key that protects the vault is missing. Tell your administrator; nothing was stored");
    }

    private static Map<String, String> error(String error, String details) {
        return Map.of("error", error, "details", details);
    }

    private static Response json(Response.ResponseBuilder builder, Object body) {
        try {
            return notKept(builder.type(MediaType.APPLICATION_JSON_TYPE)
                            .entity(JsonSerialization.writeValueAsString(body)))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("An answer does not become JSON", e);
        }
    }

    private static Response.ResponseBuilder notKept(Response.ResponseBuilder builder) {
        return builder.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
