package io.github.totpguard.core.qr;

import com.google.zxing.LuminanceSource;
import java.util.Arrays;

/** A picture in the form that zxing needs: the brightness of each pixel, row by row, one byte from 0 to 255 each. */
public final class GreyPixels extends LuminanceSource {
    private static final byte WHITE = (byte) 255;

    private final byte[] brightness;

    /**
     * @param brightness is kept, not copied
     * @throws IllegalArgumentException if the number of bytes is not the number of pixels
     */
    public GreyPixels(byte[] brightness, int width, int height) {
        super(width, height);
        if (width < 1 || height < 1 || brightness.length != (long) width * height) {
            throw new IllegalArgumentException("not the brightness of " + width + " by " + height + " pixels");
        }
        this.brightness = brightness;
    }

    @Override
    public byte[] getRow(int y, byte[] row) {
        byte[] target = row != null && row.length >= getWidth() ? row : new byte[getWidth()];
        System.arraycopy(brightness, y * getWidth(), target, 0, getWidth());
        return target;
    }

    @Override
    public byte[] getMatrix() {
        return brightness;
    }

    int longestSide() {
        return Math.max(getWidth(), getHeight());
    }

    int at(int x, int y) {
        return brightness[y * getWidth() + x] & 0xff;
    }

    GreyPixels copy() {
        return new GreyPixels(brightness.clone(), getWidth(), getHeight());
    }

    GreyPixels inverted() {
        byte[] inverted = new byte[brightness.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) (255 - (brightness[i] & 0xff));
        }
        return new GreyPixels(inverted, getWidth(), getHeight());
    }

    /**
     * Scales the picture. When it shrinks, each pixel is the mean of the pixels it covers, because dropping pixels
     * would lose modules.
     */
    GreyPixels scaled(double factor) {
        int width = Math.max(1, (int) Math.round(getWidth() * factor));
        int height = Math.max(1, (int) Math.round(getHeight() * factor));
        if (width == getWidth() && height == getHeight()) {
            return this;
        }
        byte[] scaled = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                scaled[y * width + x] = (byte)
                        (factor < 1
                                ? mean(x * (double) getWidth() / width, y * (double) getHeight() / height, 1 / factor)
                                : between((x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5));
            }
        }
        return new GreyPixels(scaled, width, height);
    }

    private int mean(double left, double top, double side) {
        int fromX = (int) left;
        int fromY = (int) top;
        int toX = Math.min(getWidth(), Math.max(fromX + 1, (int) (left + side)));
        int toY = Math.min(getHeight(), Math.max(fromY + 1, (int) (top + side)));
        int sum = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                sum += at(x, y);
            }
        }
        return sum / ((toX - fromX) * (toY - fromY));
    }

    /** Interpolates between four pixels, weighted by distance. */
    private int between(double x, double y) {
        // The value is at least 0, so that a cast rounds down. This is faster, and the code runs for millions of
        // pixels.
        double inX = Math.max(0, Math.min(x, getWidth() - 1));
        double inY = Math.max(0, Math.min(y, getHeight() - 1));
        int left = (int) inX;
        int top = (int) inY;
        int right = Math.min(left + 1, getWidth() - 1);
        int bottom = Math.min(top + 1, getHeight() - 1);
        double across = inX - left;
        double down = inY - top;
        double upper = at(left, top) * (1 - across) + at(right, top) * across;
        double lower = at(left, bottom) * (1 - across) + at(right, bottom) * across;
        return (int) (upper * (1 - down) + lower * down + 0.5);
    }

    private static int bounded(int value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }

    /** Cuts out a rectangle and turns it upright. What lies outside the picture is white. */
    GreyPixels cut(Cut cut) {
        GreyPixels target = blank(cut.width(), cut.height());
        if (cut.isUpright()) {
            copyInto(target, cut);
            return target;
        }
        double sine = Math.sin(cut.angle());
        double cosine = Math.cos(cut.angle());
        for (int y = cut.margin(); y < cut.height() - cut.margin(); y++) {
            double sourceX = cut.sourceX(cut.margin(), y);
            double sourceY = cut.sourceY(cut.margin(), y);
            for (int x = cut.margin(); x < cut.width() - cut.margin(); x++, sourceX += cosine, sourceY += sine) {
                if (sourceX >= 0 && sourceY >= 0 && sourceX < getWidth() && sourceY < getHeight()) {
                    target.brightness[y * cut.width() + x] = (byte) between(sourceX, sourceY);
                }
            }
        }
        return target;
    }

    private void copyInto(GreyPixels target, Cut cut) {
        int left = (int) Math.round(cut.sourceX(cut.margin(), cut.margin()));
        int top = (int) Math.round(cut.sourceY(cut.margin(), cut.margin()));
        int length = Math.min(cut.width() - 2 * cut.margin(), getWidth() - left);
        int rows = Math.min(cut.height() - 2 * cut.margin(), getHeight() - top);
        for (int y = 0; y < rows; y++) {
            int to = (y + cut.margin()) * cut.width() + cut.margin();
            System.arraycopy(brightness, (top + y) * getWidth() + left, target.brightness, to, length);
        }
    }

    private static GreyPixels blank(int width, int height) {
        byte[] white = new byte[width * height];
        Arrays.fill(white, WHITE);
        return new GreyPixels(white, width, height);
    }

    /** Paints an area white. */
    void erase(QrArea area) {
        int fromY = bounded((int) area.top(), getHeight());
        int toY = bounded((int) Math.ceil(area.bottom()), getHeight());
        int fromX = bounded((int) area.left(), getWidth());
        int toX = bounded((int) Math.ceil(area.right()), getWidth());
        for (int y = fromY; y <= toY; y++) {
            for (int x = fromX; x <= toX; x++) {
                if (area.contains(x, y)) {
                    brightness[y * getWidth() + x] = WHITE;
                }
            }
        }
    }
}
