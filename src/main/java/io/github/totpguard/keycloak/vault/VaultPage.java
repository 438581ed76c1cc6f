package io.github.totpguard.keycloak.vault;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/** The page in which users see their accounts, and the files that it consists of. */
final class VaultPage {
    VaultPage(KeycloakSession session) {}

    Response index() {
        return Response.status(Response.Status.NOT_FOUND).build();
    }

    Response file(String name) {
        return Response.status(Response.Status.NOT_FOUND).build();
    }
}
