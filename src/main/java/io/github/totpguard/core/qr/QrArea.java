package io.github.totpguard.core.qr;

import com.google.zxing.ResultPoint;
import com.google.zxing.qrcode.detector.FinderPattern;
import java.util.function.UnaryOperator;

/** The area of a QR code in a picture: a parallelogram, a little larger than the code. */
final class QrArea {
    /** From the centre of a finder pattern to the edge of the code are 3.5 modules. One more allows for distortion. */
    private static final double REACH_IN_MODULES = 4.5;

    private final double originX;
    private final double originY;
    private final double acrossX;
    private final double acrossY;
    private final double downX;
    private final double downY;

    private QrArea(ResultPoint corner, ResultPoint right, ResultPoint bottom, double reach) {
        double wide = 1 + 2 * reach;
        double rightX = right.getX() - corner.getX();
        double rightY = right.getY() - corner.getY();
        double bottomX = bottom.getX() - corner.getX();
        double bottomY = bottom.getY() - corner.getY();
        originX = corner.getX() - reach * (rightX + bottomX);
        originY = corner.getY() - reach * (rightY + bottomY);
        acrossX = rightX * wide;
        acrossY = rightY * wide;
        downX = bottomX * wide;
        downY = bottomY * wide;
    }

    /**
     * @param points the centres of the finder patterns in the order of zxing's detector: bottom left, top left, top
     *     right
     * @param source converts a point to its position in the picture of the area
     */
    static QrArea around(ResultPoint[] points, UnaryOperator<ResultPoint> source) {
        double side = ResultPoint.distance(points[1], points[2]);
        double module = points[1] instanceof FinderPattern pattern ? pattern.getEstimatedModuleSize() : side / 14;
        double reach = Math.min(0.5, REACH_IN_MODULES * module / Math.max(side, 1));
        return new QrArea(source.apply(points[1]), source.apply(points[2]), source.apply(points[0]), reach);
    }

    boolean contains(double x, double y) {
        double determinant = acrossX * downY - acrossY * downX;
        double across = ((x - originX) * downY - (y - originY) * downX) / determinant;
        double down = ((y - originY) * acrossX - (x - originX) * acrossY) / determinant;
        return across >= 0 && across <= 1 && down >= 0 && down <= 1;
    }

    /** Whether both areas belong to the same code. */
    boolean isAbout(QrArea other) {
        return contains(other.middleX(), other.middleY()) || other.contains(middleX(), middleY());
    }

    private double middleX() {
        return originX + (acrossX + downX) / 2;
    }

    private double middleY() {
        return originY + (acrossY + downY) / 2;
    }

    double left() {
        return originX + Math.min(0, acrossX) + Math.min(0, downX);
    }

    double right() {
        return originX + Math.max(0, acrossX) + Math.max(0, downX);
    }

    double top() {
        return originY + Math.min(0, acrossY) + Math.min(0, downY);
    }

    double bottom() {
        return originY + Math.max(0, acrossY) + Math.max(0, downY);
    }
}
