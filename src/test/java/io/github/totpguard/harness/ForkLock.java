package io.github.totpguard.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Work that only one JVM of the tests does at a time, because the other JVMs use the result. */
final class ForkLock {

    private ForkLock() {}

    /**
     * Does the work while this JVM holds a lock.
     *
     * @param name of the lock file below {@code target}
     */
    static synchronized <T> T holding(String name, Supplier<T> work) {
        Path file = Workspace.directory(Workspace.project().resolve("target")).resolve(name + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IllegalStateException("the lock is not valid: " + file);
            }
            return work.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
