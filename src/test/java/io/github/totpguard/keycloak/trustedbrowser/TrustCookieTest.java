package io.github.totpguard.keycloak.trustedbrowser;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The cookie of a trusted browser")
class TrustCookieTest {
    private static final String PATH = "/realms/demo/";

    @Test
    @DisplayName("O1 over TLS it is Secure, and its name lets no insecure page set it")
    void overTls() {
        NewCookie cookie = TrustCookie.of("https", PATH, "realm", "bob").with("value", Duration.ofDays(30));
        assertThat(cookie.getName()).matches("__Secure-TOTP_GUARD_TRUST_[A-Za-z0-9_-]{22}");
        assertThat(cookie.isSecure()).isTrue();
        assertScoped(cookie);
    }

    @Test
    @DisplayName("without TLS, as in a try-out, a browser would not take a secure one")
    void withoutTls() {
        NewCookie cookie = TrustCookie.of("http", PATH, "realm", "bob").with("value", Duration.ofDays(30));
        assertThat(cookie.getName()).matches("TOTP_GUARD_TRUST_[A-Za-z0-9_-]{22}");
        assertThat(cookie.isSecure()).isFalse();
        assertScoped(cookie);
    }

    private static void assertScoped(NewCookie cookie) {
        assertThat(cookie.getValue()).isEqualTo("value");
        assertThat(cookie.getPath()).isEqualTo(PATH);
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.LAX);
        assertThat(cookie.getMaxAge()).isEqualTo(30 * 86_400);
    }

    @Test
    @DisplayName("two users, and the same user id in two realms, have cookies of different names, which name nobody")
    void names() {
        String name = TrustCookie.of("https", PATH, "realm", "bob").name();
        assertThat(name).doesNotContain("bob", "realm");
        assertThat(TrustCookie.of("https", PATH, "realm", "carol").name()).isNotEqualTo(name);
        assertThat(TrustCookie.of("https", PATH, "other", "bob").name()).isNotEqualTo(name);
        assertThat(TrustCookie.of("https", PATH, "realm", "bob").name()).isEqualTo(name);
    }
}
