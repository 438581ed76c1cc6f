package io.github.totpguard.core.qr;

import com.google.zxing.ResultPoint;

/**
 * A rectangle that is cut out of a picture, turned upright, with a white margin added.
 *
 * @param centreX the centre of the rectangle in the picture, in pixels
 * @param angle the rotation of the rectangle in the picture, in radians
 * @param innerWidth the width without the margin
 * @param margin the width of the margin on each side, in pixels
 */
record Cut(double centreX, double centreY, double angle, int innerWidth, int innerHeight, int margin) {

    /** The whole picture. */
    static Cut whole(GreyPixels picture, double angle, int margin) {
        double sine = Math.abs(Math.sin(angle));
        double cosine = Math.abs(Math.cos(angle));
        int width = picture.getWidth();
        int height = picture.getHeight();
        return new Cut(
                width / 2.0,
                height / 2.0,
                angle,
                (int) Math.ceil(width * cosine + height * sine),
                (int) Math.ceil(width * sine + height * cosine),
                margin);
    }

    int width() {
        return innerWidth + 2 * margin;
    }

    int height() {
        return innerHeight + 2 * margin;
    }

    boolean isUpright() {
        return angle == 0;
    }

    double sourceX(double x, double y) {
        return centreX + (x - width() / 2.0) * Math.cos(angle) - (y - height() / 2.0) * Math.sin(angle);
    }

    double sourceY(double x, double y) {
        return centreY + (x - width() / 2.0) * Math.sin(angle) + (y - height() / 2.0) * Math.cos(angle);
    }

    /** Converts a point of the cut-out to its position in the picture. */
    ResultPoint source(ResultPoint point) {
        return new ResultPoint(
                (float) sourceX(point.getX(), point.getY()), (float) sourceY(point.getX(), point.getY()));
    }
}
