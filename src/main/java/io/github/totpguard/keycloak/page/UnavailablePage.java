package io.github.totpguard.keycloak.page;

import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;

/** Nothing can be verified now; the log says why. */
public final class UnavailablePage {
    private UnavailablePage() {}

    public static Response of(LoginFormsProvider form) {
        return form.setStatus(Response.Status.SERVICE_UNAVAILABLE).createForm("totp-guard-unavailable.ftl");
    }
}
