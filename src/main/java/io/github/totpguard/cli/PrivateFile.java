package io.github.totpguard.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates a new file that, on file systems with owners, only its owner can read from the first byte on. */
final class PrivateFile {

    private PrivateFile() {}

    static void write(Path file, byte[] content, boolean replace) {
        try {
            if (replace) {
                // An existing file is deleted, not overwritten, because other users may be able to read it.
                Files.deleteIfExists(file);
            }
            try (OutputStream output = Channels.newOutputStream(Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly(file)))) {
                output.write(content);
            }
        } catch (FileAlreadyExistsException e) {
            throw ToolFailure.file(file + " already exists. Use --force to replace it.");
        } catch (IOException e) {
            throw ToolFailure.file(file + " can't be written: " + e.getMessage());
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
