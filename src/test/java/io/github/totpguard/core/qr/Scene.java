package io.github.totpguard.core.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Map;

/** A screenshot with QR codes at given positions. */
final class Scene {
    private final BufferedImage image;

    Scene(int width, int height, Color ground) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(ground);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
    }

    /** Draws a code in black on white. */
    Scene with(String text, int left, int top, int module, int degrees, int quietZone) {
        return with(text, left, top, module, degrees, quietZone, Color.BLACK, Color.WHITE);
    }

    /** @param left of the code, or of its quiet zone if it has one; @param degrees rotation around its centre */
    Scene with(String text, int left, int top, int module, int degrees, int quietZone, Color dark, Color light) {
        BitMatrix modules = modules(text, quietZone);
        int side = modules.getWidth() * module;
        Graphics2D pen = image.createGraphics();
        pen.rotate(Math.toRadians(degrees), left + side / 2.0, top + side / 2.0);
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                pen.setColor(modules.get(x, y) ? dark : light);
                pen.fillRect(left + x * module, top + y * module, module, module);
            }
        }
        pen.dispose();
        return this;
    }

    Scene cover(Color colour, int left, int top, int width, int height) {
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(left, top, width, height);
        pen.dispose();
        return this;
    }

    Scene words(Color colour, String words, int left, int bottom) {
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.setFont(pen.getFont().deriveFont(22f));
        pen.drawString(words, left, bottom);
        pen.dispose();
        return this;
    }

    GreyPixels pixels() {
        byte[] brightness = new byte[image.getWidth() * image.getHeight()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color colour = new Color(image.getRGB(x, y));
                brightness[y * image.getWidth() + x] =
                        (byte) ((colour.getRed() + 2 * colour.getGreen() + colour.getBlue()) / 4);
            }
        }
        return new GreyPixels(brightness, image.getWidth(), image.getHeight());
    }

    private static BitMatrix modules(String text, int quietZone) {
        try {
            return new QRCodeWriter()
                    .encode(text, BarcodeFormat.QR_CODE, 1, 1, Map.of(EncodeHintType.MARGIN, quietZone));
        } catch (WriterException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
