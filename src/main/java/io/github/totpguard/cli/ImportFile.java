package io.github.totpguard.cli;

import io.github.totpguard.core.qr.QrFindings;
import io.github.totpguard.core.transfer.ImportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a file: its own content, or the texts of the QR codes in it. */
final class ImportFile {

    /** Aegis stores icons in its file. Files of 40 MB are known. */
    private static final long MAX_BYTES = 64L << 20;

    private final ToolEnvironment environment;

    ImportFile(ToolEnvironment environment) {
        this.environment = environment;
    }

    List<String> contentsOf(Path file) {
        return GrayscaleImage.isPicture(file) ? texts(file) : List.of(content(file));
    }

    private List<String> texts(Path picture) {
        QrFindings found = QrPicture.allIn(picture);
        if (found.unread() > 0) {
            // Standard output is reserved for the result.
            environment
                    .err()
                    .println(TotpGuardCli.NAME + ": note: " + picture + " has "
                            + (found.unread() == 1 ? "one more QR code that" : found.unread() + " more QR codes that")
                            + " couldn't be read. Crop the picture to it, or take a sharper one.");
        }
        return found.texts();
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw ToolFailure.unreadable(file + " is larger than " + MAX_BYTES / 1024 / 1024 + " MiB.");
            }
            return ImportReader.contentOf(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw ToolFailure.file(file + " doesn't exist.");
        } catch (IOException e) {
            throw ToolFailure.file(file + " can't be read: " + e.getMessage());
        }
    }
}
