package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.vault.page.VaultPage;
import io.github.totpguard.keycloak.vault.rest.Budgets.Kind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/** What is below {@code /realms/{realm}/totp-guard}. No {@code @Path} of its own: Keycloak asks the provider for it. */
public final class VaultResource {
    private final KeycloakSession session;

    VaultResource(KeycloakSession session) {
        this.session = session;
    }

    /** Accounts of other services. */
    @Path("accounts")
    public AccountsResource accounts() {
        return new AccountsResource(session);
    }

    /** Their codes. */
    @Path("tokens")
    public TokensResource tokens() {
        return new TokensResource(session);
    }

    /** Looks at another app's file, or stores what is in it. */
    @POST
    @Path("import")
    public Response takeIn(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.IMPORT);
        return VaultResponses.ok(ImportResource.answer(caller, in));
    }

    /** All secrets, in a file: only right after a second factor. */
    @POST
    @Path("export")
    public Response handOut(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.EXPORT);
        caller.requireFreshProof();
        return ExportResource.answer(caller, RequestBody.read(caller, in, BodyFields.EXPORT));
    }

    /** The page; anybody may load it, it shows nothing by itself. */
    @GET
    @Path("vault")
    public Response page() {
        return new VaultPage(session).index();
    }

    /** What the page consists of. */
    @GET
    @Path("vault/{version}/{file}")
    public Response file(@PathParam("version") String version, @PathParam("file") String file) {
        return new VaultPage(session).file(version, file);
    }
}
