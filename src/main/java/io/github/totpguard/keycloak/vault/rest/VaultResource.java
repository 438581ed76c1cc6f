package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.web.Budgets.Kind;
import io.github.totpguard.keycloak.web.PageFiles;
import io.github.totpguard.keycloak.web.WebPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/**
 * The resources below {@code /realms/{realm}/totp-guard}. This class has no {@code @Path}, because Keycloak gets it
 * from the provider.
 */
public final class VaultResource {
    private final KeycloakSession session;

    public VaultResource(KeycloakSession session) {
        this.session = session;
    }

    /** The caller's accounts of other services. */
    @Path("accounts")
    public AccountsResource accounts() {
        return new AccountsResource(session);
    }

    /** The codes of accounts. */
    @Path("tokens")
    public TokensResource tokens() {
        return new TokensResource(session);
    }

    /** Previews another app's file, or stores its accounts. */
    @POST
    @Path("import")
    public Response importAccounts(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.IMPORT);
        return VaultResponses.ok(ImportResource.answer(caller, in));
    }

    /** Returns all secrets in a file. Needs a recent proof of the second factor. */
    @POST
    @Path("export")
    public Response exportAccounts(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.EXPORT);
        caller.requireFreshProof();
        return ExportResource.answer(caller, RequestBody.read(caller, in, BodyFields.EXPORT));
    }

    /** The vault's page. It needs no login, because it contains no user data. */
    @GET
    @Path("vault")
    public Response page() {
        return new WebPage(session).index(PageFiles.Page.VAULT);
    }

    /** The files of the page. */
    @GET
    @Path("vault/{version}/{file}")
    public Response file(@PathParam("version") String version, @PathParam("file") String file) {
        return new WebPage(session).file(version, file);
    }
}
