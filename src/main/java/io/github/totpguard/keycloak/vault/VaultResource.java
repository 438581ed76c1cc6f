package io.github.totpguard.keycloak.vault;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/** What is below {@code /realms/{realm}/totp-guard}. No {@code @Path} of its own: Keycloak asks the provider for it. */
public final class VaultResource {
    private final KeycloakSession session;

    VaultResource(KeycloakSession session) {
        this.session = session;
    }

    /** The page; anybody may load it, it shows nothing by itself. */
    @GET
    @Path("vault")
    public Response page() {
        return new VaultPage(session).index();
    }

    /** What the page consists of. */
    @GET
    @Path("vault/{file}")
    public Response file(@PathParam("file") String file) {
        return new VaultPage(session).file(file);
    }
}
