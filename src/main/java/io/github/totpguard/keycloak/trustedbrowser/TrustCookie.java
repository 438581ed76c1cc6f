package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.keycloak.gate.GuardedUser;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.RealmsResource;

/**
 * Where a browser keeps its token: a cookie for each user, so that two people can share a browser. Its name says neither
 * who nor where.
 *
 * @param name of the cookie
 * @param path of the realm: no other realm's requests carry it. That is why its prefix is {@code __Secure-}, and not
 *     {@code __Host-}, which demands the path {@code /}.
 * @param secure whether the browser speaks TLS with us
 */
record TrustCookie(String name, String path, boolean secure) {
    private static final String NAME = "TOTP_GUARD_TRUST_";

    /** Browsers take a cookie of such a name from secure pages only (RFC 6265bis section 4.1.3.1). */
    private static final String SECURE_PREFIX = "__Secure-";

    private static final String TLS = "https";

    /** Of a hash, so that nobody's cookie takes the place of another's. */
    private static final int NAME_BYTES = 16;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static TrustCookie of(GuardedUser user) {
        // As the browser knows it: what a proxy that ends TLS asks us for may be something else.
        URI base = user.session().getContext().getUri().getBaseUri();
        String path = RealmsResource.realmBaseUrl(user.session().getContext().getUri())
                .path("/")
                .build(user.realm().getName())
                .getRawPath();
        return of(base.getScheme(), path, user.realm().getId(), user.id());
    }

    static TrustCookie of(String scheme, String path, String realmId, String userId) {
        boolean secure = TLS.equals(scheme);
        return new TrustCookie((secure ? SECURE_PREFIX : "") + NAME + hash(realmId + " " + userId), path, secure);
    }

    /** Whether the request carries the token of any user: most do not, and names and paths need not be made up for those. */
    static boolean isCarried(KeycloakSession session) {
        return Stream.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HttpHeaders.COOKIE))
                .flatMap(List::stream)
                .anyMatch(cookies -> cookies.contains(NAME));
    }

    /** What this browser holds, if it can be a token. */
    Optional<TrustToken> read(KeycloakSession session) {
        return Optional.ofNullable(session.getContext()
                        .getHttpRequest()
                        .getHttpHeaders()
                        .getCookies()
                        .get(name))
                .map(Cookie::getValue)
                .flatMap(TrustToken::read);
    }

    void set(KeycloakSession session, TrustToken token, Duration life) {
        session.getContext().getHttpResponse().setCookieIfAbsent(with(token.value(), life));
    }

    void clear(KeycloakSession session) {
        session.getContext().getHttpResponse().setCookieIfAbsent(with("", Duration.ZERO));
    }

    /** Lax, not Strict: applications on other sites send browsers here to sign in. */
    NewCookie with(String value, Duration life) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(path)
                .maxAge(Math.toIntExact(life.toSeconds()))
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return BASE64.encodeToString(Arrays.copyOf(digest, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
