package io.github.totpguard.keycloak.rest;

import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.keycloak.services.cors.Cors;

/**
 * Answers CORS preflight requests. Whether an origin is allowed is decided at the actual request, by its token, because
 * a preflight request has no token. This class is separate from the resources: their paths would match first, and their
 * responses would lack these headers.
 */
public final class PreflightResource {
    PreflightResource() {}

    /** Lists the methods of the REST API. */
    @OPTIONS
    @Path("{any:.*}")
    public Response preflight() {
        return Cors.builder()
                .preflight()
                .auth()
                .allowedMethods("GET", "POST", "PATCH", "DELETE", "OPTIONS")
                .add(Response.ok());
    }
}
