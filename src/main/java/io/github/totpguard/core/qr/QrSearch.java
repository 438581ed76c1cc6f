package io.github.totpguard.core.qr;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.ResultPoint;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DetectorResult;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.detector.MultiDetector;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.detector.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds all QR codes of a picture: dark on light and light on dark, small and large, turned, with and without a quiet zone. What was
 * found is erased before the next look, so that the finder patterns of two codes are not taken for those of one.
 */
public final class QrSearch {
    /** Longest sides, in pixels, at which a picture is looked at: noisy codes are found when they are smaller, small ones when not. */
    private static final int[] SIDES = {1000, 600, 1800, 350, 4000};

    /** Small pictures are enlarged to this side, by no more than {@link #MAX_ENLARGED}: there is nothing more in them to see. */
    private static final int USUAL_SIDE = 1000;

    private static final int MAX_ENLARGED = 3;

    /** A code that stands on its corner has its finder patterns where no row crosses two of them. */
    private static final double ON_ITS_CORNER = Math.PI / 4;

    /** The character set is what apps write, where a code does not name its own. */
    private static final Map<DecodeHintType, ?> HINTS =
            Map.of(DecodeHintType.TRY_HARDER, true, DecodeHintType.CHARACTER_SET, "UTF-8");

    private static final Map<DecodeHintType, ?> PURE =
            Map.of(DecodeHintType.PURE_BARCODE, true, DecodeHintType.CHARACTER_SET, "UTF-8");

    private final GreyPixels picture;
    private final List<String> texts = new ArrayList<>();
    private final List<QrArea> read = new ArrayList<>();
    private final List<QrArea> seen = new ArrayList<>();

    private QrSearch(GreyPixels picture) {
        this.picture = picture.copy();
    }

    /** All that a picture holds. Takes some seconds for a large one. */
    public static QrFindings in(GreyPixels picture) {
        return new QrSearch(picture).search();
    }

    /** The first code that is found, with one look: a camera's next picture comes soon. */
    public static Optional<String> glance(GreyPixels picture) {
        QrSearch search = new QrSearch(picture);
        search.look(search.picture, point -> point);
        return search.texts.stream().findFirst();
    }

    private QrFindings search() {
        List<Integer> done = new ArrayList<>();
        for (int wanted : SIDES) {
            int longest = picture.longestSide();
            int side = Math.min(wanted, wanted > USUAL_SIDE ? longest : MAX_ENLARGED * longest);
            if (!done.contains(side)) {
                lookClosely((double) side / longest, done.isEmpty() || !isSettled());
                done.add(side);
            }
        }
        return new QrFindings(texts, unread());
    }

    /** Whether a code was read, and none seen besides. Another one can still be there, but it is less likely. */
    private boolean isSettled() {
        return !texts.isEmpty() && unread() == 0;
    }

    private void lookClosely(double factor, boolean thoroughly) {
        lookAround(factor, 0);
        double side = factor * picture.longestSide();
        if (thoroughly && side <= USUAL_SIDE) {
            lookAround(factor, ON_ITS_CORNER);
        }
        // A small picture is never larger than this.
        boolean large = side > USUAL_SIDE / 2.0 || factor >= MAX_ENLARGED;
        if (thoroughly && large && side <= 2 * USUAL_SIDE) {
            lookAtIslands(factor);
        }
    }

    private int unread() {
        seen.removeIf(area -> read.stream().anyMatch(area::isAbout));
        return seen.size();
    }

    private void lookAround(double factor, double angle) {
        for (boolean inverted : List.of(false, true)) {
            GreyPixels scaled = scaled(factor, inverted);
            Cut cut = Cut.whole(scaled, angle, margin(scaled.longestSide()));
            look(scaled.cut(cut), point -> unscaled(cut.source(point), factor));
        }
    }

    private void lookAtIslands(double factor) {
        for (boolean inverted : List.of(false, true)) {
            GreyPixels scaled = scaled(factor, inverted);
            for (Cut cut : LightIslands.in(scaled)) {
                look(scaled.cut(cut), point -> unscaled(cut.source(point), factor));
            }
        }
    }

    private GreyPixels scaled(double factor, boolean inverted) {
        GreyPixels scaled = picture.scaled(factor);
        return inverted ? scaled.inverted() : scaled;
    }

    private static int margin(int side) {
        return Math.max(8, side / 20);
    }

    private static ResultPoint unscaled(ResultPoint point, double factor) {
        return new ResultPoint((float) (point.getX() / factor), (float) (point.getY() / factor));
    }

    private void look(GreyPixels view, UnaryOperator<ResultPoint> source) {
        int before = read.size();
        for (Binarizer binarizer : List.of(new HybridBinarizer(view), new GlobalHistogramBinarizer(view))) {
            try {
                BitMatrix dark = binarizer.getBlackMatrix();
                several(dark).forEach(found -> take(found, source));
                one(dark).ifPresent(found -> take(found, source));
            } catch (ReaderException e) {
                // One brightness all over: nothing to be seen.
            }
        }
        if (texts.isEmpty()) {
            pure(view).ifPresent(texts::add);
        }
        for (QrArea area : read.subList(before, read.size())) {
            picture.erase(area);
        }
    }

    private static List<DetectorResult> several(BitMatrix dark) {
        try {
            return List.of(new MultiDetector(dark).detectMulti(HINTS));
        } catch (ReaderException e) {
            return List.of();
        }
    }

    /** More patient with codes that are skewed, and blind to all but one. */
    private static Optional<DetectorResult> one(BitMatrix dark) {
        try {
            return Optional.of(new Detector(dark).detect(HINTS));
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> pure(GreyPixels view) {
        try {
            BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(view));
            return Optional.of(new QRCodeReader().decode(bitmap, PURE).getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    private void take(DetectorResult found, UnaryOperator<ResultPoint> source) {
        QrArea area = QrArea.around(found.getPoints(), source);
        boolean isCode = QrShape.isIn(found.getBits());
        try {
            String text = new Decoder().decode(found.getBits(), HINTS).getText();
            if (!texts.contains(text)) {
                texts.add(text);
            }
            read.add(area);
        } catch (ReaderException e) {
            if (isCode && seen.stream().noneMatch(area::isAbout)) {
                seen.add(area);
            }
        }
    }
}
