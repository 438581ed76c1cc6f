package io.github.totpguard.core.qr;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A QR code as a PNG file in memory. */
final class PngDrawing {

    private static final int WHITE = 1;

    private final QrCode code;

    PngDrawing(QrCode code) {
        this.code = code;
    }

    byte[] draw(int pixelsPerModule) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // ImageIO.write is not used here: it would keep a copy of the picture, and of the secret in it, in a temporary
        // file.
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(image(pixelsPerModule));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private BufferedImage image(int pixelsPerModule) {
        int side = (code.size() + 2 * QrCode.QUIET_ZONE) * pixelsPerModule;
        int margin = QrCode.QUIET_ZONE * pixelsPerModule;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        WritableRaster raster = image.getRaster();
        int[] light = new int[side];
        Arrays.fill(light, WHITE);
        for (int y = 0; y < side; y++) {
            int[] row = light.clone();
            int moduleY = y / pixelsPerModule - QrCode.QUIET_ZONE;
            if (moduleY >= 0 && moduleY < code.size()) {
                for (int x = 0; x < code.size(); x++) {
                    int start = margin + x * pixelsPerModule;
                    Arrays.fill(row, start, start + pixelsPerModule, code.isDark(x, moduleY) ? 0 : WHITE);
                }
            }
            raster.setSamples(0, y, side, 1, 0, row);
        }
        return image;
    }
}
