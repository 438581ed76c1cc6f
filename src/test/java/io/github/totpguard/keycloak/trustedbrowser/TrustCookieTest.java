package io.github.totpguard.keycloak.trustedbrowser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Its attributes are in {@code TrustedBrowserIT}, as a browser gets them. */
@DisplayName("The cookie of a trusted browser")
class TrustCookieTest {
    private static final String PATH = "/realms/demo/";

    @Test
    @Tag("O1")
    @DisplayName(
            "over TLS it is secure, and its name lets no insecure page set it; without TLS no browser would take it")
    void tls() {
        TrustCookie overTls = TrustCookie.of("https", PATH, "realm", "bob");
        assertThat(overTls.name()).matches("__Secure-TOTP_GUARD_TRUST_[A-Za-z0-9_-]{22}");
        assertThat(overTls.secure()).isTrue();
        TrustCookie without = TrustCookie.of("http", PATH, "realm", "bob");
        assertThat(without.name()).matches("TOTP_GUARD_TRUST_[A-Za-z0-9_-]{22}");
        assertThat(without.secure()).isFalse();
    }

    @Test
    @DisplayName("two users, and the same user id in two realms, have cookies of different names, which reveal no user")
    void names() {
        String name = TrustCookie.of("https", PATH, "realm", "bob").name();
        assertThat(name).doesNotContain("bob", "realm");
        assertThat(TrustCookie.of("https", PATH, "realm", "carol").name()).isNotEqualTo(name);
        assertThat(TrustCookie.of("https", PATH, "other", "bob").name()).isNotEqualTo(name);
        assertThat(TrustCookie.of("https", PATH, "realm", "bob").name()).isEqualTo(name);
    }
}
