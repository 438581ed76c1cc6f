package io.github.totpguard.keycloak.vault.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultAccountTest {
    @ParameterizedTest
    @DisplayName("the stored data of an account can be read again and does not contain the secret")
    @ValueSource(
            strings = {
                "otpauth://totp/Test%20Token?secret=2FASTEST&issuer=2FAS",
                "otpauth://totp/a?secret=2FASTEST&digits=8&period=86400&algorithm=SHA512",
                "otpauth://hotp/B:a?secret=2FASTEST&issuer=B&counter=9223372036854775807&digits=7",
                "otpauth://steam/Steam:a?secret=2FASTEST&issuer=Steam"
            })
    void roundTrip(String uri) throws UnreadableAccountException {
        for (Optional<String> group : List.of(Optional.<String>empty(), Optional.of("Häuser"))) {
            VaultAccount account = VaultAccount.of(OtpAuthUri.parse(uri), group, group.isPresent());
            assertThat(VaultAccount.read(account.data())).isEqualTo(account);
            assertThat(account.data()).doesNotContain("2FASTEST").doesNotContain("secret");
            assertThat(account.isWeak()).isTrue();
        }
    }

    @Test
    @DisplayName("the stored format does not change, and unknown fields are ignored")
    void format() throws UnreadableAccountException {
        OtpAuthUri uri = OtpAuthUri.parse("otpauth://totp/Acme:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        VaultAccount account = VaultAccount.of(uri, Optional.of("g"), true);
        assertThat(account.data())
                .isEqualTo(
                        "{\"issuer\":\"Acme\",\"account\":\"a\",\"type\":\"totp\",\"algorithm\":\"SHA1\",\"digits\":6,"
                                + "\"period\":30,\"bits\":160,\"group\":\"g\",\"pinned\":true}");
        assertThat(VaultAccount.read(account.data().replace("{\"issuer\"", "{\"new\":[1],\"issuer\"")))
                .isEqualTo(account);
        assertThat(account.isWeak()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("text that does not describe an account is refused")
    @NullSource
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"account\":\"a\"}",
                "{\"account\":\"a\",\"type\":\"totp\",\"algorithm\":\"SHA1\",\"digits\":6}",
                "{\"account\":\"a\",\"type\":\"totp\",\"algorithm\":\"MD5\",\"digits\":6,\"period\":30}",
                "{\"account\":\"a\",\"type\":\"totp\",\"algorithm\":\"SHA1\",\"digits\":11,\"period\":30}",
                "{\"account\":\"a\",\"type\":\"yandex\",\"algorithm\":\"SHA1\",\"digits\":6,\"period\":30}",
                "{\"account\":\"a\",\"type\":\"hotp\",\"algorithm\":\"SHA1\",\"digits\":6,\"counter\":-1}"
            })
    void unreadable(String data) {
        assertThatThrownBy(() -> VaultAccount.read(data)).isInstanceOf(UnreadableAccountException.class);
    }
}
