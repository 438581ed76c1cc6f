package io.github.totpguard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A trusted browser's token")
class TrustTokenTest {
    private static final byte[] KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] SECRET =
            HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeffe0e1e2e3e4e5e6e7e8e9eaebecedeeef");

    @Test
    @DisplayName("the value has all 512 bits, in characters that a cookie allows, and can be read back")
    void value() {
        TrustToken token = TrustToken.of(KEY, SECRET);
        assertThat(token.value())
                .isEqualTo("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8.8PHy8_T19vf4-fr7_P3-_-Dh4uPk5ebn6Onq6-zt7u8");
        TrustToken read = TrustToken.read(token.value()).orElseThrow();
        assertThat(read.keyHash()).isEqualTo(token.keyHash());
        assertThat(read.secretHash()).isEqualTo(token.secretHash());
        assertThat(token).hasToString("TrustToken");
    }

    @Test
    @DisplayName("the next token is of the same family and has another secret")
    void next() {
        TrustToken token = TrustToken.of(KEY, SECRET);
        TrustToken next = token.next(KEY);
        assertThat(next.keyHash()).isEqualTo(token.keyHash());
        assertThat(next.secretHash()).isNotEqualTo(token.secretHash());
        assertThat(next.value()).doesNotContain(token.value().split("\\.")[1]);
    }

    @Test
    @DisplayName("SHA-256 hashes of its two parts are stored")
    void hash() {
        TrustToken token = TrustToken.of(KEY, SECRET);
        // The expected values come from another program.
        assertThat(token.keyHash().text()).isEqualTo("6oZqdX5MOLq_qBJ8vppAnT4fk6AP8UiP9zX8-Rev_9A");
        assertThat(token.secretHash().text()).isEqualTo("tgSzwEe193nXSdHOUGJ5LrbtkieTNmvv7HFgTaJwqhM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh.8PHy8_T19vf4-fr7_P3-_-Dh4uPk5ebn6Onq6-zt7u8",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8.8PHy8_T19vf4-fr7_P3-_-Dh4uPk5ebn6Onq6-zt7u88",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8.8PHy8/T19vf4+fr7/P3+/+Dh4uPk5ebn6Onq6+zt7u8",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8.8PHy8_T19vf4-fr7_P3-_-Dh4uPk5ebn6Onq6-zt7u8\n"
            })
    @DisplayName("a text that cannot be a token is refused")
    void garbage(String value) {
        assertThat(TrustToken.read(value)).isEmpty();
    }

    @Test
    @DisplayName("fewer random bits are refused")
    void tooShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustToken.of(Arrays.copyOf(KEY, TrustToken.BYTES - 1), SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustToken.of(KEY, Arrays.copyOf(SECRET, TrustToken.BYTES + 1)));
    }
}
