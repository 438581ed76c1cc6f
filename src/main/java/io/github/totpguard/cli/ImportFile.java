package io.github.totpguard.cli;

import io.github.totpguard.core.transfer.ImportBound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a file: its own, or that of the QR code in it. */
final class ImportFile {

    private static final long MAX_BYTES = ImportBound.LARGE.characters();

    private ImportFile() {}

    static String textIn(Path file) {
        return GreyPicture.isPicture(file) ? QrPicture.textIn(file) : text(file);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw ToolFailure.unreadable(file + " is larger than " + MAX_BYTES / 1024 / 1024 + " MiB.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ToolFailure.unreadable(file + " is neither a text in UTF-8 nor a picture that this tool reads.");
        } catch (NoSuchFileException e) {
            throw ToolFailure.file(file + " is not there.");
        } catch (IOException e) {
            throw ToolFailure.file(file + " cannot be read: " + e.getMessage());
        }
    }
}
