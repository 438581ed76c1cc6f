package io.github.totpguard.keycloak.web;

import io.github.totpguard.keycloak.policy.GuardNames;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A page of the signed-in user, and its files. They contain no user data, only the realm's name and logo. The page gets
 * what it shows from the REST API, with the token of the user who has signed in.
 */
public final class WebPage {

    /**
     * Forbids inline content and content of other origins. The camera's picture needs no exception, because it is not
     * loaded from a URL, and the worker's script is one of our files.
     */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    private static final String PERMISSIONS_POLICY =
            "camera=(self), clipboard-write=(self), microphone=(), geolocation=(), display-capture=(), payment=()";

    /** The placeholder in the page for the realm's name and logo. */
    private static final String REALM = "@realm@";

    /** The URL contains the version, so its content never changes. */
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private final KeycloakSession session;

    public WebPage(KeycloakSession session) {
        this.session = session;
    }

    /**
     * The page itself, which the browser revalidates each time. It links to the account page only if users can sign in
     * there.
     */
    public Response index(PageFiles.Page which) {
        RealmModel realm = session.getContext().getRealm();
        boolean linked = realm.getClientByClientId(GuardNames.ACCOUNT_CLIENT) != null;
        PageFiles.File page = PageFiles.page(which, PageLanguages.of(realm), linked);
        String html = new String(page.content(), StandardCharsets.UTF_8)
                .replace(REALM, RealmBrand.of(session).html());
        return answer(new PageFiles.File(html.getBytes(StandardCharsets.UTF_8), page.type()))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    /**
     * One of the pages' files.
     *
     * @throws NotFoundException if there is no such file in this version
     */
    public Response file(String version, String name) {
        PageFiles.File file = PageFiles.find(name)
                .filter(found -> version.equals(PageFiles.version()))
                .orElseThrow(NotFoundException::new);
        String tag = "\"" + version + "\"";
        List<String> known =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        return (known.contains(tag) ? withHeaders(Response.notModified()) : answer(file))
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, IMMUTABLE)
                .build();
    }

    private Response.ResponseBuilder answer(PageFiles.File file) {
        return withHeaders(Response.ok(file.content(), file.type()));
    }

    /**
     * Skips Keycloak's headers: the realm's policy would replace ours, and it allows what Keycloak's own pages need.
     */
    private Response.ResponseBuilder withHeaders(Response.ResponseBuilder response) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        BrowserSecurityHeaders transport = BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY;
        return response.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Permissions-Policy", PERMISSIONS_POLICY)
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(BrowserSecurityHeaders.X_FRAME_OPTIONS.getHeaderName(), "DENY")
                .header(BrowserSecurityHeaders.X_CONTENT_TYPE_OPTIONS.getHeaderName(), "nosniff")
                .header(BrowserSecurityHeaders.REFERRER_POLICY.getHeaderName(), "no-referrer")
                .header(BrowserSecurityHeaders.X_ROBOTS_TAG.getHeaderName(), "none")
                .header(
                        transport.getHeaderName(),
                        session.getContext()
                                .getRealm()
                                .getBrowserSecurityHeaders()
                                .getOrDefault(transport.getKey(), transport.getDefaultValue()));
    }
}
