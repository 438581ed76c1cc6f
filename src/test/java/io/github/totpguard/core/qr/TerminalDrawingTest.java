package io.github.totpguard.core.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TerminalDrawingTest {

    @Property(tries = 30, seed = "18004")
    @Tag("S31")
    @Label("the blocks, seen on a dark terminal, are the code and are read")
    void readsBack(@ForAll("uris") String text) {
        QrCode code = QrCode.of(text);
        int side = QrReading.sideOf(code);
        BitSet picture = seen(code.toTerminal(), side);

        assertThat(picture).isEqualTo(QrReading.pictureOf(code));
        assertThat(QrReading.read(picture, side).getText()).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> uris() {
        return OtpAuthTexts.any();
    }

    private static BitSet seen(String blocks, int side) {
        BitSet dark = new BitSet(side * side);
        List<String> lines = blocks.lines().toList();
        for (int y = 0; y < side; y++) {
            String line = lines.get(y / 2);
            for (int x = 0; x < side; x++) {
                char lit = y % 2 == 0 ? '\u2580' : '\u2584';
                dark.set(y * side + x, line.charAt(x) != '\u2588' && line.charAt(x) != lit);
            }
        }
        return dark;
    }

    @Test
    @DisplayName("each line shows two rows of modules in half blocks, and the code has a light margin of four modules")
    void shape() {
        String blocks = QrCode.of("a").toTerminal();
        List<String> lines = blocks.lines().toList();

        assertThat(blocks).matches("([ \u2580\u2584\u2588]{29}\n){15}");
        assertThat(lines.subList(0, 2)).containsOnly("\u2588".repeat(29));
        assertThat(lines.get(12)).startsWith("\u2588".repeat(4)).endsWith("\u2588".repeat(4));
        assertThat(lines.get(13)).isEqualTo("\u2588".repeat(29));
        assertThat(lines.get(14)).isEqualTo("\u2580".repeat(29));
    }
}
