package io.github.totpguard.it.vault;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.github.totpguard.harness.Workspace;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of QR codes as people have them: screenshots, rotated, with a logo, photographed. */
final class QrPictures {

    private QrPictures() {}

    /** A clean picture with its quiet zone. */
    static BufferedImage clean(String text, int side) {
        return draw(text, side, ErrorCorrectionLevel.M);
    }

    /** On black, with the modules up to the edge: without any quiet zone. */
    static BufferedImage bareOnBlack(String text, int module) {
        try {
            BitMatrix code =
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1, Map.of(EncodeHintType.MARGIN, 0));
            BufferedImage picture = new BufferedImage(900, 600, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = pen(picture);
            pen.setColor(Color.WHITE);
            for (int y = 0; y < code.getHeight(); y++) {
                for (int x = 0; x < code.getWidth(); x++) {
                    if (!code.get(x, y)) {
                        pen.fillRect(250 + x * module, 120 + y * module, module, module);
                    }
                }
            }
            pen.dispose();
            return picture;
        } catch (WriterException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The picture with light and dark exchanged. */
    static BufferedImage inverted(BufferedImage code) {
        BufferedImage picture = white(code.getWidth(), code.getHeight());
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                picture.setRGB(x, y, code.getRGB(x, y) ^ 0xffffff);
            }
        }
        return picture;
    }

    /** Several codes in one picture, in rows of three. */
    static BufferedImage together(BufferedImage... codes) {
        int side = Arrays.stream(codes).mapToInt(BufferedImage::getWidth).max().orElseThrow();
        BufferedImage picture = white(Math.min(3, codes.length) * side, (codes.length + 2) / 3 * side);
        Graphics2D pen = pen(picture);
        for (int i = 0; i < codes.length; i++) {
            pen.drawImage(codes[i], i % 3 * side, i / 3 * side, null);
        }
        pen.dispose();
        return picture;
    }

    /** A grey patch between the finder patterns covers more of the code than can be corrected. */
    static BufferedImage covered(BufferedImage code) {
        Graphics2D pen = pen(code);
        pen.setColor(Color.GRAY);
        int corner = code.getWidth() * 29 / 100;
        pen.fillRect(corner, corner, code.getWidth() * 43 / 100, code.getWidth() * 43 / 100);
        pen.dispose();
        return code;
    }

    /** Rotated around its centre, on white. */
    static BufferedImage turned(BufferedImage code, int degrees) {
        int side = (int) Math.ceil(code.getWidth() * Math.sqrt(2));
        BufferedImage picture = white(side, side);
        Graphics2D pen = pen(picture);
        pen.rotate(Math.toRadians(degrees), side / 2.0, side / 2.0);
        int corner = (side - code.getWidth()) / 2;
        pen.drawImage(code, corner, corner, null);
        pen.dispose();
        return picture;
    }

    /** A code with a logo over a fifth of its width. */
    static BufferedImage withLogo(String text, int side) {
        BufferedImage picture = draw(text, side, ErrorCorrectionLevel.H);
        int logo = side / 5;
        Graphics2D pen = pen(picture);
        pen.setColor(Color.WHITE);
        pen.fillRect((side - logo) / 2 - 4, (side - logo) / 2 - 4, logo + 8, logo + 8);
        pen.setColor(new Color(0x1b6e3c));
        pen.fillOval((side - logo) / 2, (side - logo) / 2, logo, logo);
        pen.dispose();
        return picture;
    }

    /** Off the centre of a larger picture, tilted, out of focus, in uneven light, with sensor noise. */
    static BufferedImage photographed(String text, Random random) {
        BufferedImage picture = new BufferedImage(1000, 750, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(picture);
        pen.setPaint(new GradientPaint(0, 0, new Color(0x8a7f70), 1000, 750, new Color(0x3f3a35)));
        pen.fillRect(0, 0, 1000, 750);
        AffineTransform askew = AffineTransform.getTranslateInstance(330, 120);
        askew.rotate(Math.toRadians(9));
        askew.shear(0.08, -0.05);
        pen.drawImage(clean(text, 420), askew, null);
        pen.setPaint(new GradientPaint(300, 100, new Color(0, 0, 0, 0), 900, 700, new Color(0, 0, 0, 110)));
        pen.fillRect(0, 0, 1000, 750);
        pen.dispose();
        float[] blur = new float[9];
        Arrays.fill(blur, 1 / 9f);
        BufferedImage blurred =
                new ConvolveOp(new Kernel(3, 3, blur), ConvolveOp.EDGE_NO_OP, null).filter(picture, null);
        for (int y = 0; y < blurred.getHeight(); y++) {
            for (int x = 0; x < blurred.getWidth(); x++) {
                blurred.setRGB(x, y, grained(blurred.getRGB(x, y), (int) (random.nextGaussian() * 18)));
            }
        }
        return blurred;
    }

    /** A picture without any code. */
    static BufferedImage landscape() {
        BufferedImage picture = white(640, 400);
        Graphics2D pen = pen(picture);
        pen.setPaint(new GradientPaint(0, 0, new Color(0x6fa8dc), 0, 400, new Color(0x38761d)));
        pen.fillRect(0, 0, 640, 400);
        pen.setColor(Color.YELLOW);
        pen.fillOval(450, 40, 90, 90);
        pen.dispose();
        return picture;
    }

    static byte[] png(BufferedImage picture) {
        return encoded(picture, "png");
    }

    static byte[] jpeg(BufferedImage picture) {
        return encoded(picture, "jpg");
    }

    static byte[] gif(BufferedImage picture) {
        return encoded(picture, "gif");
    }

    /** Writes a film of one picture, 640 by 480, in the format of Chromium's fake camera (YUV4MPEG2, grey). */
    static void film(BufferedImage code, Path file) {
        int width = 640;
        int height = 480;
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = pen(frame);
        pen.setColor(Color.LIGHT_GRAY);
        pen.fillRect(0, 0, width, height);
        pen.drawImage(code, (width - code.getWidth()) / 2, (height - code.getHeight()) / 2, null);
        pen.dispose();
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(
                "YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420\nFRAME\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (int pixel : frame.getRaster().getSamples(0, 0, width, height, 0, (int[]) null)) {
            film.write(pixel);
        }
        byte[] colourless = new byte[width * height / 2];
        Arrays.fill(colourless, (byte) 128);
        film.writeBytes(colourless);
        try {
            Workspace.directory(file.getParent());
            Files.write(file, film.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage draw(String text, int side, ErrorCorrectionLevel level) {
        try {
            BitMatrix code = new QRCodeWriter()
                    .encode(text, BarcodeFormat.QR_CODE, side, side, Map.of(EncodeHintType.ERROR_CORRECTION, level));
            BufferedImage picture = white(side, side);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    picture.setRGB(x, y, code.get(x, y) ? 0 : 0xffffff);
                }
            }
            return picture;
        } catch (WriterException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static int grained(int colour, int grain) {
        int grained = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            grained |= Math.max(0, Math.min(255, (colour >> shift & 255) + grain)) << shift;
        }
        return grained;
    }

    private static BufferedImage white(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        return picture;
    }

    private static Graphics2D pen(BufferedImage picture) {
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return pen;
    }

    private static byte[] encoded(BufferedImage picture, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
