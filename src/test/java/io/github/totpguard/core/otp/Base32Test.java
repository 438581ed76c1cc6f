package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "f, MY======",
        "fo, MZXQ====",
        "foo, MZXW6===",
        "foob, MZXW6YQ=",
        "fooba, MZXW6YTB",
        "foobar, MZXW6YTBOI======"
    })
    @Tag("K2")
    @DisplayName("the test vectors of RFC 4648 section 10 are encoded without padding, and decoded with and without it")
    void vectors(String text, String base32) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        String unpadded = base32.replace("=", "");

        assertThat(Base32.encode(bytes)).isEqualTo(unpadded);
        assertThat(Base32.decode(unpadded)).isEqualTo(bytes);
        assertThat(Base32.decode(base32)).isEqualTo(bytes);
    }

    @Property(tries = 500, seed = "4648")
    @net.jqwik.api.Tag("K2")
    @Label("any bytes survive, and are the bits of a number written in the alphabet")
    void anyBytes(@ForAll byte[] bytes) {
        String text = Base32.encode(bytes);

        assertThat(Base32.decode(text)).isEqualTo(bytes);
        assertThat(Base32.decode(text.toLowerCase(Locale.ROOT))).isEqualTo(bytes);
        assertThat(text).matches("[A-Z2-7]*").hasSize((bytes.length * 8 + 4) / 5);
        assertThat(numberOf(text)).isEqualTo(new BigInteger(1, bytes).shiftLeft(text.length() * 5 - bytes.length * 8));
    }

    private static BigInteger numberOf(String text) {
        BigInteger number = BigInteger.ZERO;
        for (char c : text.toCharArray()) {
            number = number.shiftLeft(5).add(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)));
        }
        return number;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mzxw 6ytb",
                "MZXW-6YTB",
                " MzXw\u00a06yTb\n",
                "MZ XW 6Y TB",
                "MZXW\u20136YTB",
                "MZXW6YTB=",
                "MZXW6YTB ======",
                "MZXW6YTB= = ="
            })
    @Tag("K2")
    @DisplayName("lower case, spaces, dashes and padding are accepted")
    void tolerated(String text) {
        assertThat(Base32.decode(text)).isEqualTo("fooba".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @Tag("K2")
    @DisplayName("left-over bits that are not zero are dropped, because some apps draw random letters")
    void leftOverBits() {
        assertThat(Base32.decode("2FASTEST")).hasSize(5);
        assertThat(Base32.decode("MY")).isEqualTo(Base32.decode("MZ")).containsExactly('f');
        assertThat(Base32.decode("MZXW7")).isEqualTo(Base32.decode("MZXW6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAA", "AAAAAA", "MZXW6YTBA", "MZXW6YTBAAA", "MZXW6YTBAAAAAA", "A======", "M-Z-X"})
    @Tag("K2")
    @DisplayName("a length that is impossible for any number of bytes is refused as truncated")
    void impossibleLength(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Base32.decode(text))
                .withMessageContaining("no number of bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "=MZXW6YTB, 1",
        "MZXW=6YTB, 5",
        "MZXW6YTB=A, 9",
        "MZXW6YTB=======, 14",
        "MZXW6YT0, 7",
        "MZXW6Y\u017fB, 6"
    })
    @Tag("K2")
    @DisplayName("an unexpected character is refused, and the message gives its position")
    void unexpectedCharacter(String text, int position) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Base32.decode(text))
                .withMessage("Not Base32: unexpected character at position " + position);
    }

    @Test
    @Tag("S28")
    @DisplayName(
            "of all characters, the alphabet is read in both cases, separators are skipped, and others are refused")
    void everyCharacter() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567";
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String expected;
            if (alphabet.indexOf(c) >= 0) {
                // Nine characters are read, but nine is an impossible length.
                expected = "Not Base32: 9 characters are no number of bytes";
            } else if (Character.isSpaceChar(c)
                    || Character.getType(c) == Character.DASH_PUNCTUATION
                    || c >= '\t' && c <= '\r'
                    || c >= 0x1c && c <= 0x1f) {
                expected = "read";
            } else {
                // Padding is valid, but the text after it is not.
                expected = "Not Base32: unexpected character at position " + (c == '=' ? 5 : 4);
            }
            String actual = outcomeOf("MZXW" + (char) c + "6YTB");
            if (!actual.equals(expected)) {
                assertThat(actual).as("U+%04X", c).isEqualTo(expected);
            }
        }
    }

    private static String outcomeOf(String text) {
        try {
            Base32.decode(text);
            return "read";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
