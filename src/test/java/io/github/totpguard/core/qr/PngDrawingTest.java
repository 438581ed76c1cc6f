package io.github.totpguard.core.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngDrawingTest {

    @Property(tries = 30, seed = "18004")
    @Tag("S31")
    @Label("the PNG is read as what was put in")
    void readsBack(@ForAll("uris") String text, @ForAll @IntRange(min = 3, max = 6) int pixels) throws IOException {
        BufferedImage image = read(QrCode.of(text).toPng(pixels));
        int side = image.getWidth();

        assertThat(QrReading.read(image.getRGB(0, 0, side, side, null, 0, side), side)
                        .getText())
                .isEqualTo(text);
    }

    @Provide
    Arbitrary<String> uris() {
        return OtpAuthTexts.any();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    @DisplayName("every pixel has the colour of its module, and the quiet zone has four modules")
    void pixels(int pixelsPerModule) throws IOException {
        QrCode code = QrCode.of("a");
        BufferedImage image = read(code.toPng(pixelsPerModule));

        assertThat(image.getWidth()).isEqualTo(29 * pixelsPerModule).isEqualTo(image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int column = x / pixelsPerModule - 4;
                int row = y / pixelsPerModule - 4;
                boolean inside = column >= 0 && column < 21 && row >= 0 && row < 21;
                int expected = inside && code.isDark(column, row) ? 0xff000000 : 0xffffffff;
                if (image.getRGB(x, y) != expected) {
                    assertThat(image.getRGB(x, y)).as("pixel %d, %d", x, y).isEqualTo(expected);
                }
            }
        }
    }

    private static BufferedImage read(byte[] png) throws IOException {
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
