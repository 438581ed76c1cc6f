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
 * The cookie that stores a browser's token. Each user has a separate cookie, so that two people can share a browser.
 * Its name reveals neither the user nor the realm.
 *
 * @param name of the cookie
 * @param path of the realm, so that requests to other realms do not carry the cookie. The prefix is therefore {@code
 *     __Secure-} and not {@code __Host-}, which requires the path {@code /}.
 * @param secure whether the browser uses TLS
 */
record TrustCookie(String name, String path, boolean secure) {
    private static final String NAME = "TOTP_GUARD_TRUST_";

    /** Browsers accept a cookie with this prefix only from secure pages (RFC 6265bis section 4.1.3.1). */
    private static final String SECURE_PREFIX = "__Secure-";

    private static final String TLS = "https";

    /** The number of bytes of a hash in the name, enough that the cookies of two users do not replace each other. */
    private static final int NAME_BYTES = 16;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static TrustCookie of(GuardedUser user) {
        // The base URI as the browser sees it. A proxy that terminates TLS may send requests with another scheme.
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

    /**
     * Whether the request carries the token of any user. Most requests carry none, so their name and path need not be
     * computed.
     */
    static boolean isCarried(KeycloakSession session) {
        return Stream.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HttpHeaders.COOKIE))
                .flatMap(List::stream)
                .anyMatch(cookies -> cookies.contains(NAME));
    }

    /** The token that the browser sent; empty if there is none or if it does not have the format of a token. */
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

    /** SameSite is Lax and not Strict, because applications on other sites redirect browsers here to log in. */
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
