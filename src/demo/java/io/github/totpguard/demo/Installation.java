package io.github.totpguard.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory in which the demo's Keycloak runs: a copy of the distribution, the provider jar and the realm. */
final class Installation {

    private static final String COPIED = "copied-from.txt";

    private final DemoSettings settings;

    Installation(DemoSettings settings) {
        this.settings = settings;
    }

    /**
     * Copies the distribution once. The {@code data} of earlier runs is kept, so that users keep their devices.
     *
     * @throws DemoFailure if that data was made from another realm file, because Keycloak does not import a realm twice
     */
    void prepare() throws IOException {
        Path home = settings.home();
        Path realm = home.resolve("data").resolve("import").resolve("demo-realm.json");
        if (Files.exists(home.resolve("data").resolve("h2")) && !isSame(settings.realm(), realm)) {
            throw new DemoFailure("The data of the last demo belongs to another version of the realm. Delete "
                    + home.resolve("data") + ", then start the demo again.");
        }
        Path copied = home.resolve(COPIED);
        String distribution = settings.distribution().toString();
        if (!Files.exists(copied) || !Files.readString(copied).equals(distribution)) {
            for (String part : List.of("bin", "conf", "lib", "providers", "themes")) {
                delete(home.resolve(part));
                copy(settings.distribution().resolve(part), home.resolve(part));
            }
            Files.copy(
                    settings.distribution().resolve("version.txt"),
                    home.resolve("version.txt"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(copied, distribution);
        }
        replace(settings.jar(), home.resolve("providers").resolve("keycloak-totp-guard.jar"));
        replace(settings.realm(), realm);
    }

    // An unchanged file is not replaced, because Keycloak rebuilds itself if a provider jar looks newer.
    private static void replace(Path from, Path to) throws IOException {
        if (!isSame(from, to)) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) == -1;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
