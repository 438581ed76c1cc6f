package io.github.totpguard.keycloak.login;

import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.ServerTime;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * The response to a refused direct grant (RFC 6749 section 5.2). The descriptions are in English, because they are for
 * developers of clients.
 *
 * @param status the HTTP status
 * @param error the OAuth error code
 * @param description what the client or its user should do
 * @param retryAfterSeconds when a retry is useful; empty if unknown
 */
record GrantError(int status, String error, String description, OptionalLong retryAfterSeconds) {

    static GrantError noCode() {
        return invalidGrant("A one-time code is required: parameter otp is missing");
    }

    static GrantError noDevice() {
        return invalidGrant("The account has no authenticator device: sign in with a browser to set one up");
    }

    /** An error that depends only on the input, so it reveals nothing about the right code. */
    static GrantError incompleteCode(OptionalInt numberOfDigits) {
        return invalidGrant("Enter all "
                + numberOfDigits.stream().mapToObj(digits -> digits + " ").collect(Collectors.joining())
                + "digits of the one-time code");
    }

    /** The answer is the same for a wrong code and a replayed one. */
    static GrantError wrongCode() {
        return invalidGrant("Invalid one-time code");
    }

    /** @param verdict a verdict whose {@link Verdict#shut()} is true */
    static GrantError locked(Verdict verdict) {
        if (verdict.lockedUntil().isEmpty()) {
            return invalidGrant("Too many invalid one-time codes: an administrator has to unlock the account");
        }
        Instant now = ServerTime.now();
        long seconds = Duration.between(now, verdict.lockedUntil().get())
                .plusMillis(999)
                .toSeconds();
        return new GrantError(
                Response.Status.BAD_REQUEST.getStatusCode(),
                OAuthErrorException.INVALID_GRANT,
                "Too many invalid one-time codes: try again in " + seconds + " seconds",
                OptionalLong.of(seconds));
    }

    static GrantError unavailable() {
        return new GrantError(
                Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
                OAuthErrorException.TEMPORARILY_UNAVAILABLE,
                "One-time codes cannot be verified at the moment; nothing was counted",
                OptionalLong.empty());
    }

    Response response() {
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new OAuth2ErrorRepresentation(error, description));
        retryAfterSeconds.ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    private static GrantError invalidGrant(String description) {
        return new GrantError(
                Response.Status.BAD_REQUEST.getStatusCode(),
                OAuthErrorException.INVALID_GRANT,
                description,
                OptionalLong.empty());
    }
}
