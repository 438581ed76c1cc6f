package io.github.totpguard.core.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.BitSet;
import java.util.Map;

/** Reads a picture of a QR code like a camera app: zxing finds, binarises and decodes it. */
final class QrReading {

    private static final int PIXELS = 4;

    private QrReading() {}

    /** The picture of a code with its quiet zone, drawn from its modules. */
    static BitSet pictureOf(QrCode code) {
        int side = sideOf(code);
        BitSet picture = new BitSet(side * side);
        for (int y = 0; y < code.size(); y++) {
            for (int x = 0; x < code.size(); x++) {
                picture.set((y + QrCode.QUIET_ZONE) * side + x + QrCode.QUIET_ZONE, code.isDark(x, y));
            }
        }
        return picture;
    }

    static int sideOf(QrCode code) {
        return code.size() + 2 * QrCode.QUIET_ZONE;
    }

    /** Reads a square of modules, row by row. Set bits are dark. */
    static Result read(BitSet dark, int side) {
        int[] pixels = new int[side * PIXELS * side * PIXELS];
        for (int y = 0; y < side * PIXELS; y++) {
            for (int x = 0; x < side * PIXELS; x++) {
                pixels[y * side * PIXELS + x] = dark.get(y / PIXELS * side + x / PIXELS) ? 0 : 0xffffff;
            }
        }
        return read(pixels, side * PIXELS);
    }

    /** Reads a square of RGB pixels, row by row. */
    static Result read(int[] pixels, int side) {
        BinaryBitmap picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
        try {
            return new QRCodeReader().decode(picture, Map.of(DecodeHintType.TRY_HARDER, true));
        } catch (ReaderException e) {
            return readWithoutSearch(picture);
        }
    }

    /**
     * zxing's search in a photograph misjudges the size of some large codes. Our picture contains only the code, so no
     * search is needed.
     */
    private static Result readWithoutSearch(BinaryBitmap picture) {
        try {
            return new QRCodeReader().decode(picture, Map.of(DecodeHintType.PURE_BARCODE, true));
        } catch (ReaderException e) {
            throw new AssertionError("No QR code in the picture", e);
        }
    }
}
