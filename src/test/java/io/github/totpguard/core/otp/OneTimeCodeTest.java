package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeCodeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                " 123456",
                "123456\r\n",
                "123 456",
                "123-456",
                "1 2 3 4 5 6",
                "123\u00a0456",
                "123\u202f456",
                "123\u3000456",
                "123\u2013456",
                "\u200e123456\u200f",
                "\u2067123456\u2069",
                "\ufeff123456",
                "123\u200b456",
                "\uff11\uff12\uff13\uff14\uff15\uff16",
                "\u0661\u0662\u0663\u0664\u0665\u0666",
                "\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6",
                "\u0967\u0968\u0969\u096a\u096b\u096c",
                "1\u06623\ud835\udfd2\uff156"
            })
    @Tag("S3")
    @Tag("S28")
    @DisplayName("all spellings of a code are the same code")
    void spellings(String raw) {
        assertThat(OneTimeCode.parse(raw)).hasValueSatisfying(code -> {
            assertThat(code.matches(123456, 6)).isEqualTo(1);
            assertThat(code.hasDigits(6)).isTrue();
        });
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "12345",
                "123456789",
                "     ",
                "------",
                "+123456",
                "\u2212123456",
                "123_456",
                "123.456",
                "123,456",
                "123e45",
                "0x1234",
                "abcdef",
                "123456\u0000",
                "\u0000\u0000\u0000\u0000\u0000\u0000",
                "12345\u00b2",
                "12345\u2460",
                "12345\u2167",
                "12345\u4e94",
                "\ud835123456",
                "123456\udfd2",
                "123\udfd2\ud835456",
                "1\u20e32\u20e33\u20e34\u20e35\u20e36\u20e3"
            })
    @Tag("S28")
    @DisplayName("an input without six to eight digits is refused")
    void noCodes(String raw) {
        assertThat(OneTimeCode.parse(raw)).isEmpty();
    }

    @Test
    @Tag("S28")
    @DisplayName("every decimal digit of Unicode is read with its value")
    void allDecimalDigits() {
        int digits = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
                digits++;
                int value = Character.getNumericValue(c);
                OneTimeCode code =
                        OneTimeCode.parse("90000" + Character.toString(c)).orElseThrow();
                assertThat(code.matches(900000 + value, 6)).as("U+%04X", c).isEqualTo(1);
                assertThat(OneTimeCode.parse(Character.toString(c).repeat(8)))
                        .as("U+%04X", c)
                        .hasValueSatisfying(eight ->
                                assertThat(eight.matches(value * 11_111_111, 8)).isEqualTo(1));
            }
        }
        assertThat(digits).isGreaterThanOrEqualTo(600);
    }

    @Test
    @Tag("S28")
    @DisplayName("of all code points, digits are read, separators are removed, and all others are refused")
    void allCodePoints() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            Optional<Integer> length =
                    OneTimeCode.parse("123" + Character.toString(c) + "456").map(OneTimeCode::length);
            Optional<Integer> expected =
                    switch (Character.getType(c)) {
                        case Character.DECIMAL_DIGIT_NUMBER -> Optional.of(7);
                        case Character.SPACE_SEPARATOR,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.DASH_PUNCTUATION,
                                Character.FORMAT -> Optional.of(6);
                        default -> "\t\n\u000b\f\r".indexOf(c) >= 0 ? Optional.of(6) : Optional.empty();
                    };
            if (!length.equals(expected)) {
                assertThat(length).as("U+%04X", c).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 2000, seed = "28")
    @net.jqwik.api.Tag("S28")
    @Label("any input: no exception, and a code exactly if six to eight digits are left")
    void anyInput(@ForAll("input") String raw) {
        String plain = raw.replaceAll("[\\p{Z}\\p{Pd}\\p{Cf}\\t-\\r]", "");
        boolean expected = raw.length() <= 64 && plain.matches("\\p{Nd}{6,8}");

        assertThat(OneTimeCode.parse(raw).isPresent()).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> input() {
        Arbitrary<String> digit = Arbitraries.of("0", "7", "9", "\u0660", "\uff19", "\u0be6", "\ud835\udfce");
        Arbitrary<String> decoration = Arbitraries.of(" ", "-", "\u200f", "\u00a0", "\t", "\u2014", "\udb40\udc20");
        Arbitrary<String> other = Arbitraries.of("+", "_", "\u0000", ".", "a", "\ud835", "\udfce", "\u0300", "\u2212");
        Arbitrary<String> likely = Arbitraries.frequencyOf(
                        Tuple.of(60, digit), Tuple.of(30, decoration), Tuple.of(1, other))
                .list()
                .ofMaxSize(16)
                .map(pieces -> String.join("", pieces));
        return Arbitraries.oneOf(likely, Arbitraries.strings().all().ofMaxLength(80));
    }

    @Test
    @Tag("S28")
    @DisplayName("inputs of 64 characters are read, longer ones are refused")
    void bounded() {
        String code = "123456";
        assertThat(OneTimeCode.parse(" ".repeat(58) + code)).isPresent();
        assertThat(OneTimeCode.parse(" ".repeat(59) + code)).isEmpty();
        assertThat(OneTimeCode.parse(" ".repeat(10_240 - 6) + code)).isEmpty();
        assertThat(OneTimeCode.parse("1".repeat(10_240))).isEmpty();
        assertThat(OneTimeCode.parse("\u0000".repeat(10_240))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    @Tag("H1")
    @DisplayName("leading zeros are significant")
    void leadingZeros(int digits) {
        OneTimeCode code = OneTimeCode.parse("0".repeat(digits - 1) + "5").orElseThrow();

        assertThat(code.length()).isEqualTo(digits);
        for (int other = 6; other <= 8; other++) {
            assertThat(code.hasDigits(other)).isEqualTo(other == digits);
            assertThat(code.matches(5, other)).isEqualTo(other == digits ? 1 : 0);
        }
    }

    @Property(tries = 1000, seed = "15")
    @net.jqwik.api.Tag("S15")
    @Label("a code matches its own number and no other, whichever digits are right")
    void matchesItselfOnly(@ForAll("eightDigits") int number, @ForAll("eightDigits") int other) {
        OneTimeCode code = OneTimeCode.parse(
                        Integer.toString(100_000_000 + number).substring(1))
                .orElseThrow();

        assertThat(code.matches(number, 8)).isEqualTo(1);
        assertThat(code.matches(other, 8)).isEqualTo(number == other ? 1 : 0);
        for (int bit = 0; bit < 31; bit++) {
            assertThat(code.matches(number ^ 1 << bit, 8)).isZero();
        }
    }

    @Provide
    Arbitrary<Integer> eightDigits() {
        return Arbitraries.integers().between(0, 99_999_999);
    }

    @Test
    @Tag("A14")
    @DisplayName("a code in a log shows no digits")
    void silent() {
        assertThat(OneTimeCode.parse("987654").orElseThrow()).hasToString("OneTimeCode[6 digits]");
    }
}
