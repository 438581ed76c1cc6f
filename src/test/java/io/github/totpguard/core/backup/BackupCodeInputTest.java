package io.github.totpguard.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupCodeInputTest {
    private static final BackupCode CODE = new BackupCode(7, "A0CDE1GHJKMNPQR");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "07-A0CDE-1GHJK-MNPQR",
                "7-A0CDE-1GHJK-MNPQR",
                "7A0CDE1GHJKMNPQR",
                "07a0cde1ghjkmnpqr",
                " 07 a0cde 1ghjk mnpqr\r\n",
                "07\u2013A0CDE\u2014LGHJK\u2212MNPQR",
                "07\u2010AOCDE\u2011lghjk\u00ADMNPQR",
                "o7-aocde-ighjk-mnpqr",
                "O7\u00A0AoCDE\u202FIGHJK\u2009MNPQR",
                "\u200E07-A0CDE-1GHJK-MNPQR\u202C",
                "\uFF10\uFF17-\uFF21\uFF10CDE-1GHJK-MNPQR",
                "0\u0667-A0CDE-1GHJK-MNPQR"
            })
    @DisplayName("case, spaces, dashes of all kinds, O for 0, I and L for 1, and a leading zero do not matter")
    void forgiving(String typed) {
        assertThat(BackupCodeInput.parse(typed)).contains(CODE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "7",
                "123456",
                "A0CDE-1GHJK-MNPQR",
                "07-A0CDE-1GHJK-MNPQ",
                "07-A0CDE-1GHJK-MNPQRS",
                "007-A0CDE-1GHJK-MNPQR",
                "00-A0CDE-1GHJK-MNPQR",
                "0-A0CDE-1GHJK-MNPQR",
                "21-A0CDE-1GHJK-MNPQR",
                "99-A0CDE-1GHJK-MNPQR",
                "A7-A0CDE-1GHJK-MNPQR",
                "07-U0CDE-1GHJK-MNPQR",
                "07-A0CDE-1GHJK-MNPQ\u00C4",
                "07-A0CDE-1GHJK-MNPQ\u0131",
                "07_A0CDE_1GHJK_MNPQR",
                "+7-A0CDE-1GHJK-MNPQR",
                "07-A0CDE-1GHJK-MNPQ\uD835"
            })
    @DisplayName("input that cannot be a code is refused")
    void noCode(String typed) {
        assertThat(BackupCodeInput.parse(typed)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', MISSING",
        "' - ', MISSING",
        "A0CDE-1GHJK-MNPQR, NUMBER_MISSING",
        "aocde lghjk mnpqr, NUMBER_MISSING",
        "99CDE-1GHJK-MNPQR, NUMBER_MISSING",
        "00CDE1GHJKMNPQR, NUMBER_MISSING",
        "123456, CODE_OF_APP",
        "123 456, CODE_OF_APP",
        "12345678, CODE_OF_APP",
        "12345, TOO_SHORT",
        "123456789, TOO_SHORT",
        "7, TOO_SHORT",
        "hello, TOO_SHORT",
        "ABCDEFGH1239, TOO_SHORT",
        "07-A0CDE-1GHJK-MNP, TOO_SHORT",
        "07-A0CDE-1GHJK-MNPQ, TOO_SHORT",
        "U0CDE-1GHJK-MNPQR, TOO_SHORT",
        "07-A0CDE-1GHJK-MNPQRS, TOO_LONG",
        "007-A0CDE-1GHJK-MNPQR, TOO_LONG",
        "07-A0CDE-1GHJK-MNPQR 08-A0CDE-1GHJK-MNPQR, TOO_LONG",
        "0-A0CDE-1GHJK-MNPQR, WRONG_CHARACTER",
        "21-A0CDE-1GHJK-MNPQR, WRONG_CHARACTER",
        "A7-A0CDE-1GHJK-MNPQR, WRONG_CHARACTER",
        "A0CDE-1GHJK-MNPQRS, WRONG_CHARACTER",
        "07-U0CDE-1GHJK-MNPQR, WRONG_CHARACTER",
        "07_A0CDE_1GHJK_MNPQR, WRONG_CHARACTER"
    })
    @Tag("S59")
    @DisplayName("an input that is not a code has one flaw, which says what to correct")
    void flaw(String typed, BackupCodeInput.Flaw flaw) {
        assertThat(BackupCodeInput.flaw(typed)).contains(flaw);
        assertThat(BackupCodeInput.parse(typed)).isEmpty();
    }

    @Test
    @Tag("S59")
    @DisplayName("a missing field is missing, an endless input is too long, and a code has no flaw")
    void flawOfExtremes() {
        assertThat(BackupCodeInput.flaw(null)).contains(BackupCodeInput.Flaw.MISSING);
        assertThat(BackupCodeInput.flaw("?".repeat(128))).contains(BackupCodeInput.Flaw.WRONG_CHARACTER);
        assertThat(BackupCodeInput.flaw("?".repeat(129))).contains(BackupCodeInput.Flaw.TOO_LONG);
        assertThat(BackupCodeInput.flaw(CODE.text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "07-A0CDE-1GHJK-MNPQR",
                "7a0cde1ghjkmnpqr",
                "A0CDE-1GHJK-MNPQR",
                "ABCD-EFGH-1239",
                "1234 5678 912A"
            })
    @Tag("S59")
    @DisplayName("a backup code of either kind is recognised in the wrong field, also without its number")
    void looksLikeOne(String typed) {
        assertThat(BackupCodeInput.looksLikeOne(typed)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "123456", "123456789123", "12345678901234567", "1111111111111111", "abc", "?"})
    @Tag("S59")
    @DisplayName("an input without a letter, or of another length, is not taken for a backup code")
    void looksLikeNone(String typed) {
        assertThat(BackupCodeInput.looksLikeOne(typed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABCD-EFGH-1239", "abcdefgh1239", " abcd\u2013efgh 1239 "})
    @DisplayName("Keycloak's codes have twelve characters, which may include I, L and 1")
    void keycloaks(String typed) {
        assertThat(BackupCodeInput.parseOfKeycloak(typed)).contains("ABCDEFGH1239");
        assertThat(BackupCodeInput.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "ABCD-EFGH-123",
                "ABCD-EFGH-12390",
                "ABCD-EFGH-1230",
                "OBCD-EFGH-1239",
                "07-A0CDE-1GHJK-MNPQR"
            })
    @DisplayName("Keycloak's codes contain no O and no 0, and have no number")
    void notKeycloaks(String typed) {
        assertThat(BackupCodeInput.parseOfKeycloak(typed)).isEmpty();
    }

    @Property(tries = 1000)
    @Label("A code is read back from every way of writing it, and never as another one")
    void readBack(@ForAll("codes") BackupCode code, @ForAll("decorations") List<String> decorations) {
        StringBuilder typed = new StringBuilder();
        String plain = code.text().replace("-", "");
        for (int i = 0; i < plain.length(); i++) {
            char letter = plain.charAt(i);
            String decoration = decorations.get(i);
            String changed = decoration.isEmpty() ? look(letter) : String.valueOf(letter);
            typed.append(i % 2 == 0 ? changed.toLowerCase(Locale.ROOT) : changed)
                    .append(decoration);
        }
        assertThat(BackupCodeInput.parse(typed.toString())).contains(code);
        assertThat(BackupCodeInput.parseOfKeycloak(typed.toString())).isEmpty();
    }

    @Property(tries = 1000)
    @Label("whatever is typed, nothing is thrown, and what is read is read the same when it is shown again")
    void total(@ForAll String typed) {
        BackupCodeInput.parse(typed).ifPresent(code -> assertThat(BackupCodeInput.parse(code.text()))
                .contains(code));
        BackupCodeInput.parseOfKeycloak(typed);
    }

    @Property(tries = 200)
    @Label("another letter anywhere is another code, or none")
    void everyLetterCounts(
            @ForAll("codes") BackupCode code, @ForAll @IntRange(max = 14) int place, @ForAll("letters") char other) {
        StringBuilder typed = new StringBuilder(code.text().replace("-", ""));
        boolean same = typed.charAt(2 + place) == other;
        typed.setCharAt(2 + place, other);
        assertThat(BackupCodeInput.parse(typed.toString()).orElseThrow().equals(code))
                .isEqualTo(same);
    }

    private static String look(char letter) {
        return switch (letter) {
            case '0' -> "O";
            case '1' -> "L";
            default -> String.valueOf(letter);
        };
    }

    @Provide
    Arbitrary<BackupCode> codes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.strings().withChars(BackupCode.ALPHABET).ofLength(15))
                .as(BackupCode::new);
    }

    @Provide
    Arbitrary<List<String>> decorations() {
        return Arbitraries.of("", "", "", " ", "-", "\u2013", "\u00A0", "\u200B")
                .list()
                .ofSize(17);
    }

    @Provide
    Arbitrary<Character> letters() {
        return Arbitraries.chars().with(BackupCode.ALPHABET.toCharArray());
    }
}
