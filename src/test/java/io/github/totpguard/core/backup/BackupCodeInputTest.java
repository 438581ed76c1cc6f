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
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest
    @ValueSource(strings = {"A0CDE-1GHJK-MNPQR", "aocde lghjk mnpqr", "99CDE-1GHJK-MNPQR", "00CDE1GHJKMNPQR"})
    @Tag("S59")
    @DisplayName("an input that lacks only the number is recognised")
    void lacksNumber(String typed) {
        assertThat(BackupCodeInput.lacksNumber(typed)).isTrue();
        assertThat(BackupCodeInput.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "07-A0CDE-1GHJK-MNPQR",
                "07-A0CDE-1GHJK-MNP",
                "A0CDE-1GHJK-MNPQ",
                "A0CDE-1GHJK-MNPQRS",
                "U0CDE-1GHJK-MNPQR",
                "ABCDEFGH1239"
            })
    @Tag("S59")
    @DisplayName("a complete code, a code that lacks letters at its end, and other inputs lack more than the number")
    void lacksMore(String typed) {
        assertThat(BackupCodeInput.lacksNumber(typed)).isFalse();
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
