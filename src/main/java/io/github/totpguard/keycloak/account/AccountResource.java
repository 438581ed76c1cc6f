package io.github.totpguard.keycloak.account;

import io.github.totpguard.keycloak.web.JsonResponses;
import io.github.totpguard.keycloak.web.PageFiles;
import io.github.totpguard.keycloak.web.WebPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/**
 * The page of the user's own second factors, and its data, below {@code /realms/{realm}/totp-guard}. It only reads.
 * Keycloak's application-initiated actions make the changes. This class has no {@code @Path}, because Keycloak gets it
 * from the provider.
 */
public final class AccountResource {
    /** The first segment of all paths of this class. */
    public static final String PATH = "account";

    private final KeycloakSession session;

    public AccountResource(KeycloakSession session) {
        this.session = session;
    }

    /** The page. It needs no login, because it contains no user data. */
    @GET
    @Path("account")
    public Response page() {
        return new WebPage(session).index(PageFiles.Page.ACCOUNT);
    }

    /** The files of the page. */
    @GET
    @Path("account/{version}/{file}")
    public Response file(@PathParam("version") String version, @PathParam("file") String file) {
        return new WebPage(session).file(version, file);
    }

    /** The caller's second factors, trusted browsers and recent attempts. */
    @GET
    @Path("account/factors")
    public Response factors() {
        return JsonResponses.ok(FactorsReader.of(AccountCaller.of(session)).read());
    }
}
