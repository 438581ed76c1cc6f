package io.github.totpguard.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BackupCodeTest {
    @Test
    @Tag("N9")
    @Tag("N12")
    @Tag("A3")
    @DisplayName("a code has 75 random bits, and letters that do not look alike")
    void bits() {
        // 15 bytes that select every letter once: 5 bits of each are used.
        Set<String> seen = new HashSet<>();
        for (int letter = 0; letter < 32; letter++) {
            String text =
                    BackupCode.generate(1, fixed((byte) (letter | 0xe0))).get(0).text();
            String letters = text.substring(3).replace("-", "");
            assertThat(letters).hasSize(15).matches("(.)\\1{14}");
            seen.add(letters.substring(0, 1));
        }
        assertThat(seen).hasSize(32).doesNotContain("I", "L", "O", "U");
    }

    @Test
    @DisplayName("every letter is possible at every position of a code")
    void everyPlace() {
        SecureRandom random = new SecureRandom();
        List<Set<Character>> places = new ArrayList<>();
        for (int place = 0; place < 15; place++) {
            places.add(new HashSet<>());
        }
        for (int i = 0; i < 200; i++) {
            for (BackupCode code : BackupCode.generate(20, random)) {
                String letters = code.text().substring(3).replace("-", "");
                for (int place = 0; place < 15; place++) {
                    places.get(place).add(letters.charAt(place));
                }
            }
        }
        assertThat(places).allSatisfy(letters -> assertThat(letters).hasSize(32));
    }

    @Test
    @Tag("N10")
    @DisplayName("codes are numbered from 1, displayed in groups, and all different")
    void numbered() {
        List<BackupCode> codes = BackupCode.generate(20, new SecureRandom());
        for (int i = 0; i < 20; i++) {
            assertThat(codes.get(i).number()).isEqualTo(i + 1);
            assertThat(codes.get(i).text())
                    .matches("[0-9]{2}(-[0-9A-HJKMNP-TV-Z]{5}){3}")
                    .startsWith(String.format("%02d-", i + 1));
        }
        assertThat(codes.stream().map(code -> code.text().substring(3))).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("1 to 20 codes can be generated; other numbers are refused")
    void count() {
        assertThat(BackupCode.generate(1, new SecureRandom())).hasSize(1);
        for (int count : new int[] {0, 21, -1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> BackupCode.generate(count, new SecureRandom()));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new BackupCode(0, "ABCDEFGHJKMNPQR"));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackupCode(21, "ABCDEFGHJKMNPQR"));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackupCode(1, "ABCDEFGHJKMNPQ"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackupCode(1, "ABCDEFGHJKMNPQU"))
                .withMessageNotContaining("ABC");
    }

    @Test
    @DisplayName("codes are equal if number and letters are equal, and only text() shows the letters")
    void equality() {
        BackupCode code = new BackupCode(7, "ABCDEFGHJKMNPQR");
        assertThat(code)
                .isEqualTo(new BackupCode(7, "ABCDEFGHJKMNPQR"))
                .hasSameHashCodeAs(new BackupCode(7, "ABCDEFGHJKMNPQR"))
                .isNotEqualTo(new BackupCode(8, "ABCDEFGHJKMNPQR"))
                .isNotEqualTo(new BackupCode(7, "ABCDEFGHJKMNPQS"))
                .isNotEqualTo("07-ABCDE-FGHJK-MNPQR");
        assertThat(code.text()).isEqualTo("07-ABCDE-FGHJK-MNPQR");
        assertThat(code).hasToString("BackupCode[7]");
    }

    private static SecureRandom fixed(byte value) {
        return new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, value);
            }
        };
    }
}
