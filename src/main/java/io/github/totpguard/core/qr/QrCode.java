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
 * <p>Every output has a quiet zone of {@value #QUIET_ZONE} light modules on each side, as ISO/IEC 18004 requires:
 * without it, scanners do not find a code on a dark page.
 */
public final class QrCode {

    /** Width of the light margin around the code in modules. */
    public static final int QUIET_ZONE = 4;

    /** The maximum length of a text in bytes of UTF-8 (ISO/IEC 18004, version 40-M in byte mode). */
    public static final int MAX_BYTES = 2331;

    /** The largest scale of a PNG: 40 pixels for each module, 7400 by 7400 pixels for the largest code. */
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
     * @param text from one character to {@value #MAX_BYTES} bytes of UTF-8 (two fewer if not ASCII), the capacity of
     *     the largest code
     * @throws IllegalArgumentException if the text is empty, too long or contains a lone surrogate; the message
     *     contains nothing of the text
     */
    public static QrCode of(String text) {
        // The length is checked before encoding, because the encoder's time grows with the square of the length.
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
        // With this hint, the code begins with a mark for UTF-8 (ECI) that some apps cannot read. ASCII does not need
        // the mark, and every otpauth URI is ASCII.
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
     * @param y row from the top, from 0 to {@link #size()} - 1
     * @throws IndexOutOfBoundsException if the module does not exist
     */
    public boolean isDark(int x, int y) {
        return dark.get(Objects.checkIndex(y, size) * size + Objects.checkIndex(x, size));
    }

    /**
     * One {@code <svg>} element for an HTML page. It has no script and no style and loads nothing, so that it works
     * under the strictest content security policy. One module is one unit of the view box; the page sets the size.
     *
     * @param id the id of the element, without white space; the id of its title is the same with {@code -title}
     *     appended
     * @param title the text alternative of the picture for screen readers (WCAG 2.2, 1.1.1)
     * @throws IllegalArgumentException if the id is empty or contains white space
     */
    public String toSvg(String id, String title) {
        return new SvgDrawing(this).draw(id, title);
    }

    /**
     * A PNG file, black on white, one bit for each pixel.
     *
     * @param pixelsPerModule width of a module, 1 to {@value #MAX_PIXELS_PER_MODULE} pixels
     * @throws IllegalArgumentException if pixelsPerModule is out of range
     */
    public byte[] toPng(int pixelsPerModule) {
        if (pixelsPerModule < 1 || pixelsPerModule > MAX_PIXELS_PER_MODULE) {
            throw new IllegalArgumentException(
                    "pixelsPerModule must be 1 to " + MAX_PIXELS_PER_MODULE + ", not " + pixelsPerModule);
        }
        return new PngDrawing(this).draw(pixelsPerModule);
    }

    /**
     * Lines of half blocks (U+2580 to U+2588), two rows of modules in each line, each line ended by a line feed. Light
     * modules are drawn and dark ones are left out, which is right for a terminal with a dark background. On a light
     * background the code is inverted; most apps read that too.
     */
    public String toTerminal() {
        return new TerminalDrawing(this).draw();
    }

    /** Shows only the size: the picture usually contains a secret. */
    @Override
    public String toString() {
        return "QrCode[" + size + " modules]";
    }
}
