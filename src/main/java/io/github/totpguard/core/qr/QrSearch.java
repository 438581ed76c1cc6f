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
 * Finds all QR codes of a picture: dark on light and light on dark, small and large, rotated, with and without a quiet
 * zone. Each code is erased before the next pass, so that finder patterns of two codes are not combined into one.
 */
public final class QrSearch {
    /**
     * The longest sides, in pixels, to which a picture is scaled. Noisy codes are found at small sizes, small codes at
     * large ones.
     */
    private static final int[] SIDES = {1000, 600, 1800, 350, 4000};

    /** Small pictures are enlarged to this side, by at most {@link #MAX_ENLARGED}: a larger scale adds no detail. */
    private static final int USUAL_SIDE = 1000;

    private static final int MAX_ENLARGED = 3;

    /**
     * If a code stands on its corner, no row crosses two of its finder patterns. The picture is therefore also searched
     * rotated.
     */
    private static final double CORNER_ANGLE = Math.PI / 4;

    /** The character set is the one that apps write, for codes that do not name their own. */
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

    /** Finds all codes of a picture. Takes some seconds for a large picture. */
    public static QrFindings in(GreyPixels picture) {
        return new QrSearch(picture).search();
    }

    /**
     * Finds one code in a single pass. A camera soon delivers the next picture, so more passes are not worth their
     * time.
     */
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

    /**
     * Whether a code was read and no unread one was found. The picture can contain more codes, but that is less likely.
     */
    private boolean isSettled() {
        return !texts.isEmpty() && unread() == 0;
    }

    private void lookClosely(double factor, boolean thoroughly) {
        lookAround(factor, 0);
        double side = factor * picture.longestSide();
        if (thoroughly && side <= USUAL_SIDE) {
            lookAround(factor, CORNER_ANGLE);
        }
        // A small picture is never scaled beyond this.
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
                // All pixels have the same brightness, so there is no code.
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

    /** This detector tolerates more distortion, but finds only one code. */
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
