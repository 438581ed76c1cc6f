package io.github.totpguard.core.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Search for QR codes in a picture")
class QrSearchTest {
    private static final String URI = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";
    private static final Color BLACK = Color.BLACK;
    private static final Color WHITE = Color.WHITE;
    private static final Color DARK = new Color(0x1b1b1f);

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 4", "20, 0", "20, 1", "45, 0", "45, 4", "90, 0"})
    @Tag("S56")
    @DisplayName(
            "a code on a black page is found at every angle, without a quiet zone and with one of one or four modules")
    void onBlack(int degrees, int quietZone) {
        Scene page = new Scene(900, 700, BLACK)
                .with(URI, 300, 200, 6, degrees, quietZone)
                .words(WHITE, "Scan this code with your authenticator app", 40, 60);

        assertFound(page, URI);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 14})
    @Tag("S56")
    @DisplayName(
            "a code without a quiet zone is found in every size, on dark grey ground and at the edges of the picture")
    void sizes(int module) {
        int side = 37 * module;
        assertFound(new Scene(side + 160, side + 90, DARK).with(URI, 70, 30, module, 0, 0), URI);
        assertFound(new Scene(side, side, DARK).with(URI, 0, 0, module, 0, 0), URI);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 4", "15, 0", "45, 4"})
    @Tag("S56")
    @DisplayName(
            "light codes on dark ground are found, without a quiet zone on a light page and with one on a dark page")
    void lightOnDark(int degrees, int quietZone) {
        assertFound(new Scene(900, 700, WHITE).with(URI, 300, 200, 6, degrees, quietZone, WHITE, BLACK), URI);
        assertFound(new Scene(900, 700, DARK).with(URI, 300, 200, 6, degrees, quietZone, WHITE, DARK), URI);
    }

    @Test
    @Tag("S56")
    @DisplayName("two, three and six codes of different sizes and angles are all found, each once")
    void several() {
        Scene two = new Scene(800, 500, WHITE).with(account(1), 20, 20, 6, 0, 4).with(account(2), 400, 100, 8, 0, 4);
        assertFound(two, account(1), account(2));

        Scene three = new Scene(1400, 800, WHITE)
                .with(account(1), 20, 20, 4, 0, 4)
                .with(account(2), 300, 150, 9, 30, 4)
                .with(account(3), 900, 100, 10, 45, 4);
        assertFound(three, account(1), account(2), account(3));

        Scene six = new Scene(1800, 1200, new Color(0xd8d4cc))
                .with(account(1), 40, 40, 5, 0, 4)
                .with(account(2), 400, 60, 9, 12, 4)
                .with(account(3), 1000, 60, 4, 0, 4)
                .with(account(4), 60, 620, 11, 0, 4)
                .with(account(5), 680, 700, 6, 45, 4)
                .with("https://example.org/", 1150, 560, 12, 90, 4);
        assertFound(six, account(1), account(2), account(3), account(4), account(5), "https://example.org/");
    }

    @Test
    @Tag("S56")
    @DisplayName("codes side by side, in a grid, on a dark page, and a dark code beside a light one are all found")
    void neighbours() {
        Scene grid = new Scene(1000, 1000, WHITE);
        String[] accounts = new String[9];
        for (int i = 0; i < accounts.length; i++) {
            accounts[i] = account(i);
            grid.with(accounts[i], 10 + i % 3 * 330, 10 + i / 3 * 330, 7, 0, 4);
        }
        assertFound(grid, accounts);

        assertFound(
                new Scene(1100, 500, BLACK).with(account(1), 30, 80, 7, 0, 0).with(account(2), 600, 60, 9, 0, 0),
                account(1),
                account(2));
        assertFound(
                new Scene(1100, 500, WHITE)
                        .with(account(1), 30, 30, 7, 0, 4)
                        .with(account(2), 600, 60, 7, 0, 4, WHITE, BLACK),
                account(1),
                account(2));
    }

    @Test
    @Tag("S56")
    @DisplayName("a code that cannot be read is counted, and a code that was read is not")
    void unread() {
        Scene covered = new Scene(1000, 500, WHITE)
                .with(account(1), 20, 20, 8, 0, 4)
                .with(account(2), 500, 20, 8, 0, 4)
                .cover(Color.GRAY, 620, 130, 160, 110);

        QrFindings findings = QrSearch.in(covered.pixels());
        assertThat(findings.texts()).containsExactly(account(1));
        assertThat(findings.unread()).isOne();
        covered.cover(WHITE, 0, 0, 480, 500);
        assertThat(QrSearch.in(covered.pixels())).isEqualTo(new QrFindings(List.of(), 1));
    }

    @Test
    @DisplayName("a picture without a code has no texts and no unread codes; the same code twice is returned once")
    void none() {
        Scene words = new Scene(1200, 800, WHITE);
        for (int line = 1; line < 25; line++) {
            words.words(
                    BLACK, "OO 00 88 BB QQ DD lorem ipsum dolor sit amet, consectetur ## @@ %% " + line, 20, line * 30);
        }
        assertFound(words);
        assertFound(new Scene(300, 200, BLACK));
        assertFound(new Scene(1, 1, WHITE));
        assertFound(new Scene(900, 450, WHITE).with(URI, 20, 20, 6, 0, 4).with(URI, 450, 20, 7, 0, 4), URI);
    }

    @Test
    @DisplayName("a camera picture is searched in a single pass")
    void glance() {
        assertThat(QrSearch.glance(new Scene(640, 480, Color.LIGHT_GRAY)
                        .with(URI, 150, 80, 6, 5, 4)
                        .pixels()))
                .contains(URI);
        assertThat(QrSearch.glance(new Scene(640, 480, Color.LIGHT_GRAY).pixels()))
                .isEmpty();
    }

    private static String account(int number) {
        return "otpauth://totp/Service" + number + ":alice?secret=JBSWY3DPEHPK3PXP&issuer=Service" + number;
    }

    private static void assertFound(Scene scene, String... texts) {
        QrFindings findings = QrSearch.in(scene.pixels());
        assertThat(findings.texts()).containsExactlyInAnyOrder(texts);
        assertThat(findings.unread()).isZero();
    }
}
