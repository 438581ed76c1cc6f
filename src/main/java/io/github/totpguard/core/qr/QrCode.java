package io.github.totpguard.core.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;

/**
 * The QR code of a text, error correction level M (15 % of the code may be unreadable). Immutable.
 *
 * <p>Every output has the quiet zone of {@value #QUIET_ZONE} light modules on each side that ISO/IEC 18004 asks for:
 * on a dark page a code without one cannot be found.
 */
public final class QrCode {

    /** Width of the light margin around the code in modules. */
    public static final int QUIET_ZONE = 4;

    /** Longest text in bytes of UTF-8 (ISO/IEC 18004, version 40-M in byte mode). */
    public static final int MAX_BYTES = 2331;

    /** Largest PNG: 40 pixels for each module, 7400 by 7400 pixels for the largest code. */
    public static final int MAX_PIXELS_PER_MODULE = 40;

    private final int size;
    private final BitSet dark;

    private QrCode(ByteMatrix matrix) {
        this.size = matrix.getWidth();
        this.dark = new BitSet();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                dark.set(y * size + x, matrix.get(x, y) == 1);
            }
        }
    }

    /**
     * @param text one character to {@value #MAX_BYTES} bytes of UTF-8 (two less if not ASCII), the capacity of the
     *     largest code
     * @throws IllegalArgumentException if the text is empty, too long or holds a lone surrogate; its message has
     *     nothing of the text
     */
    public static QrCode of(String text) {
        // Before the encoder sees it, whose time grows with the square of the length.
        if (text.length() > MAX_BYTES) {
            throw tooLong(text);
        }
        if (text.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("An empty text or a lone surrogate has no QR code");
        }
        try {
            return new QrCode(
                    Encoder.encode(text, ErrorCorrectionLevel.M, hints(text)).getMatrix());
        } catch (WriterException e) {
            throw tooLong(text);
        }
    }

    private static IllegalArgumentException tooLong(String text) {
        return new IllegalArgumentException("The text is too long for a QR code: " + text.length() + " characters");
    }

    private static Map<EncodeHintType, Object> hints(String text) {
        // With the hint the code begins with a mark for UTF-8 (ECI) that some apps cannot read. ASCII needs none, and
        // every otpauth URI is ASCII.
        return text.chars().allMatch(c -> c < 0x80)
                ? Map.of()
                : Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());
    }

    /** Width and height in modules, 21 to 177, without the quiet zone. */
    public int size() {
        return size;
    }

    /**
     * Whether a module is dark.
     *
     * @param x column from the left, from 0 to {@link #size()} - 1
     * @param y row from the top, likewise
     * @throws IndexOutOfBoundsException if there is no such module
     */
    public boolean isDark(int x, int y) {
        return dark.get(Objects.checkIndex(y, size) * size + Objects.checkIndex(x, size));
    }

    /**
     * One {@code <svg>} element to be put into an HTML page: no script, no style, nothing to load, so that it works
     * under the strictest content security policy. One module is one unit of the view box; the page sets the size.
     *
     * @param id the element's id, without white space; its title's id is the same with {@code -title} after it
     * @param title what a screen reader says in place of the picture (WCAG 2.2, 1.1.1)
     * @throws IllegalArgumentException if the id is empty or holds white space
     */
    public String toSvg(String id, String title) {
        return new SvgDrawing(this).draw(id, title);
    }

    /**
     * A PNG file, black on white, one bit for each pixel.
     *
     * @param pixelsPerModule width of a module, 1 to {@value #MAX_PIXELS_PER_MODULE} pixels
     * @throws IllegalArgumentException if it is out of range
     */
    public byte[] toPng(int pixelsPerModule) {
        if (pixelsPerModule < 1 || pixelsPerModule > MAX_PIXELS_PER_MODULE) {
            throw new IllegalArgumentException(
                    "pixelsPerModule must be 1 to " + MAX_PIXELS_PER_MODULE + ", not " + pixelsPerModule);
        }
        return new PngDrawing(this).draw(pixelsPerModule);
    }

    /**
     * Lines of half blocks (U+2580 to U+2588), two rows of modules in each, every line ended by a line feed. Light
     * modules are drawn and dark ones left out, which is right for a terminal with a dark background; apps read the
     * negative that a light background makes of it, most of them.
     */
    public String toTerminal() {
        return new TerminalDrawing(this).draw();
    }

    /** The size and nothing else: the picture holds a secret as a rule. */
    @Override
    public String toString() {
        return "QrCode[" + size + " modules]";
    }
}
