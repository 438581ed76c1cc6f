package io.github.totpguard.cli;

import io.github.totpguard.core.qr.GreyPixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a picture file as one byte of brightness per pixel. Transparent pixels become white. WebP is read by
 * TwelveMonkeys' plug-in.
 */
final class GrayscaleImage {

    private static final int MAX_FILE_BYTES = 64 * 1024 * 1024;
    private static final long MAX_PIXELS = 200_000_000;

    /**
     * The maximum number of pixels that are used; cameras do not need more. Of larger pictures, only every second,
     * third... pixel is used.
     */
    private static final long FINE_PIXELS = 16_000_000;

    private GrayscaleImage() {}

    /** Whether the file begins like a picture file. */
    static boolean isPicture(Path file) {
        try (ImageInputStream input = input(file)) {
            return ImageIO.getImageReaders(input).hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    static GreyPixels read(Path file) {
        try (ImageInputStream input = input(file)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw ToolFailure.unreadable(
                        file + " isn't a picture that this tool can read: PNG, JPEG, GIF, BMP, WebP.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return of(image(reader, file));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ToolFailure.unreadable(file + " is damaged, so the picture can't be read.");
        }
    }

    /** Reads the file in memory, because ImageIO may keep a copy of the picture in a temporary file. */
    private static ImageInputStream input(Path file) {
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes(file)));
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw ToolFailure.unreadable(file + " is larger than " + MAX_FILE_BYTES / 1024 / 1024 + " MiB.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw ToolFailure.file(file + " doesn't exist.");
        } catch (IOException e) {
            throw ToolFailure.file(file + " can't be read: " + e.getMessage());
        }
    }

    private static BufferedImage image(ImageReader reader, Path file) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MAX_PIXELS) {
            throw ToolFailure.unreadable(file + " has more than " + MAX_PIXELS / 1_000_000 + " million pixels.");
        }
        int step = (int) Math.ceil(Math.sqrt((double) pixels / FINE_PIXELS));
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
        return reader.read(0, parameters);
    }

    private static GreyPixels of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] brightness = new byte[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                brightness[y * width + x] = brightness(row[x]);
            }
        }
        return new GreyPixels(brightness, width, height);
    }

    private static byte brightness(int argb) {
        int alpha = argb >>> 24;
        int red = argb >> 16 & 0xff;
        int green = argb >> 8 & 0xff;
        int blue = argb & 0xff;
        // An approximation of how bright the eye perceives these colours.
        int colour = (red + 2 * green + blue) / 4;
        return (byte) ((colour * alpha + 255 * (255 - alpha)) / 255);
    }
}
