package io.github.totpguard.keycloak.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;

/**
 * The languages in which the page can be shown: those that have a file of texts, {@code texts-<language>.json}. The
 * files of the jar are the only list of them. A file is named after the realm's locale ({@code texts-pt_BR.json}), as
 * the messages of the login pages are.
 */
final class PageLanguages {
    private static final String FOLDER = "/totp-guard-vault/";
    private static final String BEFORE = "texts-";
    private static final String AFTER = ".json";
    private static final String ENGLISH = "en";

    private PageLanguages() {}

    /** The names of the files with texts, sorted. */
    static List<String> files() {
        return List.copyOf(Found.FILES_BY_TAG.values());
    }

    /** The language tags of all files, sorted. */
    static Set<String> all() {
        return Found.FILES_BY_TAG.keySet();
    }

    /**
     * The language tags that the page offers in a realm: if internationalisation is on, only those of its locales that
     * have texts, with the default locale first; otherwise all, with English first. The page falls back to the first.
     */
    static List<String> of(RealmModel realm) {
        if (!realm.isInternationalizationEnabled()) {
            return first(ENGLISH, all().stream());
        }
        List<String> supported = first(
                realm.getDefaultLocale(), realm.getSupportedLocalesStream().sorted());
        List<String> offered = supported.stream().filter(all()::contains).toList();
        return offered.isEmpty() ? List.of(ENGLISH) : offered;
    }

    private static List<String> first(String tag, Stream<String> tags) {
        return Stream.concat(Stream.ofNullable(tag), tags).distinct().toList();
    }

    private static final class Found {
        private static final TreeMap<String, String> FILES_BY_TAG = new TreeMap<>(namesInFolder().stream()
                .filter(name -> name.startsWith(BEFORE) && name.endsWith(AFTER))
                .collect(Collectors.toMap(Found::tag, name -> name)));

        private static String tag(String file) {
            return file.substring(BEFORE.length(), file.length() - AFTER.length())
                    .replace('_', '-');
        }

        private static List<String> namesInFolder() {
            URL english = PageLanguages.class.getResource(FOLDER + BEFORE + ENGLISH + AFTER);
            try {
                if (english.openConnection() instanceof JarURLConnection inJar) {
                    return namesIn(inJar);
                }
                try (Stream<Path> files = Files.list(Path.of(english.toURI()).getParent())) {
                    return files.map(file -> file.getFileName().toString()).toList();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<String> namesIn(JarURLConnection connection) throws IOException {
            // Otherwise closing the jar here would close it for other users of its URL.
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                return jar.stream()
                        .map(entry -> "/" + entry.getName())
                        .filter(name -> name.startsWith(FOLDER))
                        .map(name -> name.substring(FOLDER.length()))
                        .toList();
            }
        }
    }
}
