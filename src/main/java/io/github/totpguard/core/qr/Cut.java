package io.github.totpguard.core.qr;

import com.google.zxing.ResultPoint;

/**
 * A rectangle that is cut out of a picture, turned upright and given a white margin.
 *
 * @param centreX its middle in the picture, in pixels
 * @param angle by which it stands turned in the picture, in radians
 * @param innerWidth without the margin
 * @param margin in pixels on each side
 */
record Cut(double centreX, double centreY, double angle, int innerWidth, int innerHeight, int margin) {

    /** The whole of a picture. */
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

    /** Where a point of what was cut out lies in the picture. */
    ResultPoint source(ResultPoint point) {
        return new ResultPoint(
                (float) sourceX(point.getX(), point.getY()), (float) sourceY(point.getX(), point.getY()));
    }
}
