package io.github.totpguard.keycloak.setup;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;

/** Nothing can be verified now; the log says why. */
final class UnavailablePage {
    private UnavailablePage() {}

    static Response of(RequiredActionContext context) {
        return context.form().setStatus(Response.Status.SERVICE_UNAVAILABLE).createForm("totp-guard-unavailable.ftl");
    }
}
