package io.github.totpguard.core.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    @Test
    @Tag("K1")
    @DisplayName("of ASCII, only the unreserved characters of RFC 3986 are not encoded")
    void ascii() {
        for (char c = 0; c < 0x80; c++) {
            String text = String.valueOf(c);
            String expected = text.matches("[A-Za-z0-9._~-]") ? text : "%" + hex(c);
            assertThat(PercentEncoding.encode(text)).isEqualTo(expected);
        }
    }

    private static String hex(char c) {
        return "" + "0123456789ABCDEF".charAt(c / 16) + "0123456789ABCDEF".charAt(c % 16);
    }

    @ParameterizedTest
    @CsvSource({
        "A B, A%20B",
        "a+b, a%2Bb",
        "100%, 100%25",
        "Z\u00fcrich, Z%C3%BCrich",
        "\u05d0\u05d1, %D7%90%D7%91",
        "\ud83d\ude00, %F0%9F%98%80"
    })
    @Tag("K1")
    @Tag("S31")
    @DisplayName("text is encoded as UTF-8, and a space as %20")
    void encoded(String text, String encoded) {
        assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
        assertThat(PercentEncoding.decode(encoded)).hasValue(text);
    }

    @ParameterizedTest
    @CsvSource({"a+b, a+b", "%c3%bc, \u00fc", "\u00fc#/?, \u00fc#/?", "%2B%2b, ++", "%2541, %41"})
    @Tag("K1")
    @DisplayName("text is decoded once, in both cases, and plus signs are kept")
    void decoded(String encoded, String text) {
        assertThat(PercentEncoding.decode(encoded)).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a%",
                "%4",
                "%4g",
                "%g4",
                "%%41",
                "% 1",
                "%+1",
                "%-1",
                "%\u0661\u0661",
                "%C3",
                "%C3A",
                "%80",
                "%FF",
                "%C0%AF",
                "%ED%A0%80",
                "%F4%90%80%80",
                "\ud83d",
                "a\ude00"
            })
    @Tag("S31")
    @DisplayName("broken escapes, bytes that are not UTF-8 and lone surrogates are refused")
    void broken(String encoded) {
        assertThat(PercentEncoding.decode(encoded)).isEmpty();
    }

    @Property(tries = 500, seed = "3986")
    @net.jqwik.api.Tag("S31")
    @Label("any text without a lone surrogate survives")
    void survives(@ForAll @StringLength(max = 40) String text) {
        boolean wellFormed = text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);

        String encoded = PercentEncoding.encode(text);

        assertThat(encoded).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
        assertThat(PercentEncoding.decode(encoded).filter(text::equals).isPresent())
                .isEqualTo(wellFormed);
    }
}
