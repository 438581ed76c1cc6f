package io.github.totpguard.keycloak.page;

import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.RealmModel;

/** The page that says that no code can be verified at the moment. The cause is in the log. */
public final class UnavailablePage {
    private UnavailablePage() {}

    public static Response of(LoginFormsProvider form, RealmModel realm) {
        return HelpContact.on(form, realm)
                .setStatus(Response.Status.SERVICE_UNAVAILABLE)
                .createForm("totp-guard-unavailable.ftl");
    }
}
