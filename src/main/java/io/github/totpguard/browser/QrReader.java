package io.github.totpguard.browser;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Map;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/** Zxing for the vault's page: {@code qr-zxing.js} exports {@code read}. */
public final class QrReader {

    /** The character set is what apps write, where a code does not name its own. */
    private static final Map<DecodeHintType, ?> HINTS =
            Map.of(DecodeHintType.TRY_HARDER, true, DecodeHintType.CHARACTER_SET, "UTF-8");

    private QrReader() {}

    /**
     * The text of a QR code.
     *
     * @param grey luminance of the pixels, row by row, 0 to 255 in a byte each
     * @return null if there is no code, which JavaScript has no Optional for
     */
    @JSExport
    public static String read(@JSByRef byte[] grey, int width, int height) {
        LuminanceSource picture = new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false);
        for (LuminanceSource source : new LuminanceSource[] {picture, picture.invert()}) {
            for (Binarizer binarizer :
                    new Binarizer[] {new HybridBinarizer(source), new GlobalHistogramBinarizer(source)}) {
                String text = read(new BinaryBitmap(binarizer));
                if (text != null) {
                    return text;
                }
            }
        }
        return null;
    }

    private static String read(BinaryBitmap picture) {
        try {
            return new QRCodeReader().decode(picture, HINTS).getText();
        } catch (ReaderException e) {
            return null;
        }
    }

    /** The compiler starts here; there is nothing to be done when the module is loaded. */
    public static void main(String[] arguments) {
        // only exports
    }
}
