package io.github.totpguard.keycloak.web;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AppAuthManager.AuthHeader;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** The access token of a request. */
public final class BearerToken {
    private BearerToken() {}

    /**
     * The user, session and client of a token that Keycloak has verified: signature, expiry, revocation, session and
     * user. Empty if there is no such token.
     *
     * @param audience what must be in the token's {@code aud}
     */
    public static Optional<AuthResult> authenticate(KeycloakSession session, String audience) {
        try {
            return Optional.ofNullable(AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                            session.getContext().getHttpRequest().getHttpHeaders()))
                    .map(AuthHeader::getToken)
                    .map(token -> new AppAuthManager.BearerTokenAuthenticator(session)
                            .setTokenString(token)
                            .setAudience(audience)
                            .authenticate());
        } catch (NotAuthorizedException e) {
            // The request has more than one Authorization header.
            return Optional.empty();
        }
    }

    /**
     * Refuses pages of other origins. From here on, the client's own pages can read the responses.
     *
     * @param exposedHeaders the headers that these pages may read besides {@code Retry-After}
     * @throws jakarta.ws.rs.WebApplicationException with status 403
     */
    public static void checkOrigin(AuthResult identity, String... exposedHeaders) {
        String[] exposed = new String[exposedHeaders.length + 1];
        exposed[0] = HttpHeaders.RETRY_AFTER;
        System.arraycopy(exposedHeaders, 0, exposed, 1, exposedHeaders.length);
        Cors.builder()
                .auth()
                .exposedHeaders(exposed)
                .checkAllowedOrigins(identity.token())
                .add();
    }
}
