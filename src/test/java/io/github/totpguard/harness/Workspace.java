package io.github.totpguard.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Paths of the build output, and of files that the tests write. */
public final class Workspace {

    private Workspace() {}

    public static Path project() {
        return Path.of(System.getProperty("project.directory", "")).toAbsolutePath();
    }

    /** A path below {@code target/it} that only this JVM uses. */
    public static Path own(String name) {
        return project()
                .resolve("target")
                .resolve("it")
                .resolve(System.getProperty("it.fork", "fork-1"))
                .resolve(name);
    }

    /** A path that all JVMs share: one of them writes it for all, under a {@link ForkLock}. */
    static Path shared(String name) {
        return project().resolve("target").resolve("it").resolve("shared").resolve(name);
    }

    static Path screenshots() {
        return project().resolve("target").resolve("screenshots");
    }

    public static Path distribution() {
        return required("keycloak.home");
    }

    public static Path productJar() {
        return required("provider.jar");
    }

    /** The product's jar, and the jar of the test provider, which this call writes. */
    static List<Path> providerJars() {
        return List.of(productJar(), TestProviderJar.write(own("test-provider.jar")));
    }

    /** Deletes the target, then copies; keeps file modes, because the start scripts must stay executable. */
    static void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    public static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path required(String property) {
        String value = System.getProperty(property);
        if (value == null || !Files.exists(Path.of(value))) {
            throw new IllegalStateException("system property " + property + " names a missing path: " + value
                    + " (run the integration tests with mvn verify)");
        }
        return Path.of(value).toAbsolutePath();
    }
}
