package io.github.totpguard.keycloak.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OtpCredentialSealerTest {
    private static final String SEALED = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiYSJ9..AAAAAAAAAAAAAAAA."
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA";

    @Test
    @Tag("D2")
    @DisplayName("a truncated or changed sealed value is not treated as a plaintext secret")
    void damagedIsNotPlaintext() {
        for (int length = 3; length <= SEALED.length(); length++) {
            assertThat(OtpCredentialSealer.looksSealed(SEALED.substring(0, length)))
                    .isTrue();
        }
        for (int i = 0; i < SEALED.length(); i++) {
            String changed = SEALED.substring(0, i) + '~' + SEALED.substring(i + 1);
            assertThat(OtpCredentialSealer.looksSealed(changed)).isTrue();
        }
    }

    @Test
    @Tag("D2")
    @DisplayName("secrets that Keycloak creates or imports are treated as plaintext")
    void plaintext() {
        for (String secret : new String[] {
            "eyJ4k2Wq9GtR5bVn0LcP", "JBSWY3DPEHPK3PXP", "a.secret.with.4.dots", "e".repeat(200), "ABCDEFGHIJKLMNOPQRST"
        }) {
            assertThat(OtpCredentialSealer.looksSealed(secret)).isFalse();
        }
    }
}
