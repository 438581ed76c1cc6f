package io.github.totpguard.cli;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of the QR code in a picture: a screenshot, a photograph, light on dark or dark on light. */
final class QrPicture {

    private QrPicture() {}

    /** @throws ToolFailure if the file is no picture, is too large, or has no QR code that can be read */
    static String textIn(Path file) {
        LuminanceSource picture = GreyPicture.read(file);
        for (LuminanceSource light : List.of(picture, picture.invert())) {
            for (DecodeHintType hint : List.of(DecodeHintType.TRY_HARDER, DecodeHintType.PURE_BARCODE)) {
                Optional<String> text = decoded(new HybridBinarizer(light), hint)
                        .or(() -> decoded(new GlobalHistogramBinarizer(light), hint));
                if (text.isPresent()) {
                    return text.get();
                }
            }
        }
        throw ToolFailure.unreadable("There is no QR code in " + file
                + " that can be read. Take the picture again: the whole code with its margin, sharp, and straight on.");
    }

    private static Optional<String> decoded(Binarizer binarizer, DecodeHintType hint) {
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(binarizer), Map.of(hint, true))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }
}
