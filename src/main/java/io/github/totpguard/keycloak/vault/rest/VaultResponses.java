package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.sealing.SealingUnavailableException;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import io.github.totpguard.keycloak.web.JsonResponses;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.services.ErrorResponseException;

/** The responses of the vault, which are never cacheable ({@code Cache-Control: no-store}). */
final class VaultResponses {
    private static final Logger LOG = Logger.getLogger(VaultResponses.class);
    private static final int BUSY_RETRY_SECONDS = 5;

    private VaultResponses() {}

    static Response ok(Object body) {
        return JsonResponses.ok(body);
    }

    static Response created(Object body) {
        return JsonResponses.json(Response.status(Status.CREATED), body);
    }

    static Response removed() {
        return JsonResponses.notCached(Response.noContent()).build();
    }

    /** A file that the browser saves under this name. */
    static Response file(String name, MediaType type, String content) {
        return JsonResponses.notCached(Response.ok(content, type))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /**
     * Ends the request. Its transaction is rolled back.
     *
     * @param error the error code for programs
     * @param details the message for users, with the next step
     */
    static ErrorResponseException refused(Status status, String error, String details) {
        return JsonResponses.refused(status, error, details);
    }

    /**
     * Ends the request because the account is invalid.
     *
     * @param reason in lower case in the response, for programs that show a message in the user's language
     */
    static ErrorResponseException invalidAccount(
            String error, InvalidOtpAuthUriException.Reason reason, String details) {
        Map<String, String> body = Map.of(
                "error", error, "details", details, "reason", reason.name().toLowerCase(Locale.ROOT));
        return new ErrorResponseException(JsonResponses.json(Response.status(Status.BAD_REQUEST), body));
    }

    /** The request has no valid token. */
    static ErrorResponseException unauthorized() {
        return JsonResponses.unauthorized("A bearer token for this vault is needed. Sign in again");
    }

    /** Another user's account gets the same response as one that does not exist. */
    static ErrorResponseException notFound() {
        return refused(Status.NOT_FOUND, "not_found", "You have no account with this id");
    }

    static ErrorResponseException tooMany(int retryAfterSeconds) {
        return JsonResponses.tooMany(retryAfterSeconds);
    }

    /** All places for this kind of work are in use. The request did nothing. */
    static ErrorResponseException busy(String details) {
        return new ErrorResponseException(JsonResponses.json(
                Response.status(Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, BUSY_RETRY_SECONDS),
                JsonResponses.error("busy", details)));
    }

    /** The account is stored but cannot be used. */
    static ErrorResponseException unreadable(UnreadableAccountException e) {
        return e.keyMissing()
                ? keyMissing()
                : refused(
                        Status.INTERNAL_SERVER_ERROR,
                        "unreadable",
                        "This account is damaged. Delete it and add it again. Your administrator finds the cause in the log");
    }

    /**
     * Runs work that fails if the realm's key or the database is missing. In that case nothing is stored or returned.
     *
     * @throws ErrorResponseException with status 503
     */
    static <T> T answering(Supplier<T> work) {
        try {
            return work.get();
        } catch (SealingUnavailableException e) {
            LOG.errorf(e, "The vault cannot encrypt secrets: %s", e.getMessage());
            throw keyMissing();
        } catch (VerificationUnavailableException e) {
            // It is logged where it was thrown.
            throw refused(
                    Status.SERVICE_UNAVAILABLE,
                    "unavailable",
                    "The vault isn't available right now. Try again in a minute");
        }
    }

    private static ErrorResponseException keyMissing() {
        return refused(
                Status.SERVICE_UNAVAILABLE,
                "key_missing",
                "The key that protects the vault is missing, so nothing was saved. Tell your administrator");
    }
}
