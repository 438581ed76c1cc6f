package io.github.totpguard.keycloak.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

class SealedContentTest {
    private static final SealingContext HERE =
            new SealingContext("realm", "user", "credential", SealingPurpose.OTP_CREDENTIAL);

    @Test
    @DisplayName("a written content is read unchanged, whatever characters the secret has")
    void roundTrip() throws UnsealingException, IOException {
        for (String secret : new String[] {"", "ABC", "a\"b\\c\u0000", "\u00e4\ud83d\udd11"}) {
            SealedContent content = SealedContent.of(secret, HERE);
            assertThat(SealedContent.read(JsonSerialization.writeValueAsBytes(content)))
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @DisplayName("other JSON is read as Jackson binds it")
    @ValueSource(
            strings = {
                "{\"secret\":\"s\",\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\"}",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\"}",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\",\"secret\":null}",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\",\"secret\":5}",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\",\"secret\":\"s\"} x",
                "{}"
            })
    void otherJson(String json) throws UnsealingException, IOException {
        assertThat(SealedContent.read(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(JsonSerialization.readValue(json, SealedContent.class));
    }

    @ParameterizedTest
    @Tag("S36")
    @DisplayName("a text that is not the JSON of a sealed content is malformed")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"realm\"",
                "{\"realm\":\"r\"",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\",\"secret\":\"s\",\"realm\":\"x\"}",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\",\"secret\":[]}",
                "{\"realm\":\"r\",\"user\":\"u\",\"credential\":\"c\",\"purpose\":\"p\",\"secret\":\"s\",\"more\":\"m\"}"
            })
    void malformed(String json) {
        assertThatThrownBy(() -> SealedContent.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(UnsealingException.class, e -> assertThat(e.reason())
                        .isEqualTo(UnsealingException.Reason.MALFORMED));
    }
}
