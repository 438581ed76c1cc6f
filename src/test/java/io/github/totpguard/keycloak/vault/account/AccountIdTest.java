package io.github.totpguard.keycloak.vault.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdTest {
    private static final String UUID = "0a1b2c3d-0000-4000-8000-0123456789ab";

    @Test
    @DisplayName("an account id is totp- followed by a UUID")
    void form() {
        assertThat(AccountId.parse("totp-" + UUID)).contains(new AccountId(UUID));
        assertThat(new AccountId(UUID).text()).isEqualTo("totp-" + UUID);
    }

    @ParameterizedTest
    @DisplayName("any other text is not an account id")
    @NullSource
    @ValueSource(
            strings = {
                "",
                "totp-",
                UUID,
                "hotp-" + UUID,
                "TOTP-" + UUID,
                "totp-0A1B2C3D-0000-4000-8000-0123456789AB",
                "totp-" + UUID + "\n",
                "totp-" + UUID + "0",
                "totp-totp-" + UUID,
                "totp-../../users/x"
            })
    void none(String text) {
        assertThat(AccountId.parse(text)).isEmpty();
    }
}
