package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.qr.QrCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrPictureTest {

    private static final String URI = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "png, 3, 0",
        "png, 8, 0",
        "png, 20, 0",
        "jpg, 8, 0",
        "gif, 8, 0",
        "bmp, 8, 0",
        "png, 8, 90",
        "png, 8, 180",
        "jpg, 8, 7",
        "png, 8, 33"
    })
    @DisplayName("a code in a larger picture is read in every format, size and rotation")
    void found(String format, int pixels, int degrees) throws IOException {
        assertThat(QrPicture.textIn(file(scene(pixels, degrees, Color.WHITE), format)))
                .isEqualTo(URI);
    }

    @Test
    @DisplayName("a light code on dark ground, and a code on transparent ground, are read")
    void inverted() throws IOException {
        BufferedImage code = code(8);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                code.setRGB(x, y, code.getRGB(x, y) ^ 0xffffff);
            }
        }
        assertThat(QrPicture.textIn(file(code, "png"))).isEqualTo(URI);

        BufferedImage transparent = new BufferedImage(code.getWidth(), code.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                transparent.setRGB(x, y, (code.getRGB(x, y) & 0xff) == 0 ? 0x00000000 : 0xff000000);
            }
        }
        assertThat(QrPicture.textIn(file(transparent, "png"))).isEqualTo(URI);
    }

    @Test
    @DisplayName("a code is read in bad light, with noise and with a logo in the middle")
    void photographed() throws IOException {
        BufferedImage picture = scene(8, 4, new Color(210, 200, 170));
        Random random = new Random(8);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                Color colour = new Color(picture.getRGB(x, y));
                int shift = random.nextInt(61) - 30 - 40 * x / picture.getWidth();
                picture.setRGB(
                        x,
                        y,
                        new Color(
                                        bounded(colour.getRed() + shift),
                                        bounded(colour.getGreen() + shift),
                                        bounded(colour.getBlue() + shift))
                                .getRGB());
            }
        }
        Graphics2D drawing = picture.createGraphics();
        drawing.setColor(Color.RED);
        drawing.fillOval(picture.getWidth() / 2 - 20, picture.getHeight() / 2 - 20, 40, 40);
        drawing.dispose();
        assertThat(QrPicture.textIn(file(picture, "png"))).isEqualTo(URI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no picture", "%PDF-1.7\n", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", ""})
    @DisplayName("a file that is not a picture is reported")
    void noPicture(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("file.png"), content);
        assertRefused(file, 3, "isn't a picture that this tool can read");
    }

    @Test
    @DisplayName("a picture without a code, a damaged one and a missing one are reported")
    void noCode() throws IOException {
        Path blank = file(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png");
        assertRefused(blank, 3, "No QR code was found");
        byte[] whole = Files.readAllBytes(file(code(8), "png"));
        Path half = Files.write(folder.resolve("half.png"), Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(ToolFailure.class).isThrownBy(() -> QrPicture.textIn(half));
        assertRefused(folder.resolve("nothing.png"), 4, "doesn't exist");
        assertRefused(folder, 4, "can't be read");
    }

    @Test
    @Tag("S34")
    @DisplayName("a picture of 20,000 by 20,000 pixels is refused by its size, before memory is allocated for it")
    void huge() throws IOException {
        Path file = Files.write(folder.resolve("huge.png"), headerOfPng(20_000, 20_000));
        assertRefused(file, 3, "has more than 200 million pixels");
    }

    @Test
    @DisplayName("of a picture with more pixels than needed, every second pixel is used")
    void fine() throws IOException {
        BufferedImage large = new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D drawing = large.createGraphics();
        drawing.setColor(Color.WHITE);
        drawing.fillRect(0, 0, 6000, 6000);
        drawing.drawImage(code(40), 100, 100, null);
        drawing.dispose();
        assertThat(QrPicture.textIn(file(large, "png"))).isEqualTo(URI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"code-lossy.webp", "code-lossless.webp"})
    @Tag("S56")
    @DisplayName("WebP pictures from browsers and phones are read")
    void webp(String name) {
        assertThat(QrPicture.textIn(Path.of("src", "test", "resources", "pictures", name)))
                .isEqualTo(URI);
    }

    @Test
    @Tag("S34")
    @DisplayName("a WebP picture of 16,384 by 16,384 pixels is refused by its size too, and a damaged one is reported")
    void hugeWebp() throws IOException {
        byte[] file = Files.readAllBytes(Path.of("src", "test", "resources", "pictures", "code-lossless.webp"));
        Path half = Files.write(folder.resolve("half.webp"), Arrays.copyOf(file, file.length / 2));
        assertThatExceptionOfType(ToolFailure.class).isThrownBy(() -> QrPicture.textIn(half));
        // Canvas width and height minus one, in three bytes each.
        for (int at : List.of(24, 27)) {
            file[at] = (byte) 0xff;
            file[at + 1] = 0x3f;
        }
        assertRefused(Files.write(folder.resolve("huge.webp"), file), 3, "has more than 200 million pixels");
    }

    @Test
    @Tag("S56")
    @DisplayName("of several codes, the only one with a key is used; if two have a key, both are refused")
    void several() throws IOException {
        assertThat(QrPicture.textIn(file(beside(code(6), code("https://example.org/", 9)), "png")))
                .isEqualTo(URI);
        Path two = file(beside(code(6), code(URI.replace("alice", "bob"), 6)), "png");
        assertRefused(two, 3, "There are 2 QR codes in " + two);
        assertThat(QrPicture.allIn(two).texts()).containsExactlyInAnyOrder(URI, URI.replace("alice", "bob"));
    }

    private static BufferedImage beside(BufferedImage left, BufferedImage right) {
        int height = Math.max(left.getHeight(), right.getHeight());
        BufferedImage both = new BufferedImage(left.getWidth() + right.getWidth(), height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = both.createGraphics();
        drawing.setColor(Color.WHITE);
        drawing.fillRect(0, 0, both.getWidth(), height);
        drawing.drawImage(left, 0, 0, null);
        drawing.drawImage(right, left.getWidth(), 0, null);
        drawing.dispose();
        return both;
    }

    private static void assertRefused(Path file, int exitCode, String words) {
        assertThatExceptionOfType(ToolFailure.class)
                .isThrownBy(() -> QrPicture.textIn(file))
                .withMessageContaining(words)
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(exitCode));
    }

    private static BufferedImage code(int pixels) throws IOException {
        return code(URI, pixels);
    }

    private static BufferedImage code(String text, int pixels) throws IOException {
        BufferedImage code =
                ImageIO.read(new ByteArrayInputStream(QrCode.of(text).toPng(pixels)));
        BufferedImage colour = new BufferedImage(code.getWidth(), code.getHeight(), BufferedImage.TYPE_INT_RGB);
        colour.createGraphics().drawImage(code, 0, 0, null);
        return colour;
    }

    private static BufferedImage scene(int pixels, int degrees, Color background) throws IOException {
        BufferedImage code = code(pixels);
        int side = code.getWidth() * 3 / 2;
        BufferedImage scene = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = scene.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        drawing.setColor(background);
        drawing.fillRect(0, 0, side, side);
        drawing.rotate(Math.toRadians(degrees), side / 2.0, side / 2.0);
        drawing.drawImage(code, side / 6, side / 6, null);
        drawing.dispose();
        return scene;
    }

    private Path file(BufferedImage picture, String format) throws IOException {
        Path file = folder.resolve("picture." + format);
        assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();
        return file;
    }

    private static int bounded(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** The beginning of a PNG file: its size without pixels. */
    private static byte[] headerOfPng(int width, int height) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(chunk);
        header.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.writeInt(width);
        header.writeInt(height);
        header.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 check = new CRC32();
        check.update(chunk.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(file);
        output.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        output.writeInt(13);
        output.write(chunk.toByteArray());
        output.writeInt((int) check.getValue());
        return file.toByteArray();
    }
}
