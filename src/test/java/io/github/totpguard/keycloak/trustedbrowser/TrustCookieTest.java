package io.github.totpguard.keycloak.trustedbrowser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attributes that a browser gets are tested in {@code TrustedBrowserIT}. */
@DisplayName("The cookie of a trusted browser")
class TrustCookieTest {
    private static final String PATH = "/realms/demo/";

    @Test
    @Tag("O1")
    @DisplayName(
            "over TLS the cookie is secure, with a prefix against insecure pages; browsers refuse both without TLS")
    void tls() {
        TrustCookie overTls = TrustCookie.of("https", PATH, "realm", "bob");
        assertThat(overTls.name()).matches("__Secure-TOTP_GUARD_TRUST_[A-Za-z0-9_-]{22}");
        assertThat(overTls.secure()).isTrue();
        TrustCookie without = TrustCookie.of("http", PATH, "realm", "bob");
        assertThat(without.name()).matches("TOTP_GUARD_TRUST_[A-Za-z0-9_-]{22}");
        assertThat(without.secure()).isFalse();
    }

    @Test
    @DisplayName("two users, or one user id in two realms, have different cookie names, which reveal no user")
    void names() {
        String name = TrustCookie.of("https", PATH, "realm", "bob").name();
        assertThat(name).doesNotContain("bob", "realm");
        assertThat(TrustCookie.of("https", PATH, "realm", "carol").name()).isNotEqualTo(name);
        assertThat(TrustCookie.of("https", PATH, "other", "bob").name()).isNotEqualTo(name);
        assertThat(TrustCookie.of("https", PATH, "realm", "bob").name()).isEqualTo(name);
    }
}
