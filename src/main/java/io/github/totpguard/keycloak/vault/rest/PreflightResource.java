package io.github.totpguard.keycloak.vault.rest;

import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.keycloak.services.cors.Cors;

/**
 * What a browser asks before another site's page may call. Which pages may is decided at the call, by its token; there is
 * none here yet. Apart from the resources, whose paths would be found first, and answered without these headers.
 */
public final class PreflightResource {
    PreflightResource() {}

    /** The methods that there are. */
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
