package io.github.totpguard.keycloak.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The users' pages and their files, as they are in the jar. No other file can be requested. */
public final class PageFiles {

    /** The files that are served besides the texts. The build generates {@code qr-zxing.js}. */
    static final List<String> NAMES = List.of(
            "account-list.js",
            "account-row.js",
            "adding.js",
            "api.js",
            "camera.js",
            "code-text.js",
            "codes.js",
            "dark.css",
            "dom.js",
            "editing.js",
            "export-file.js",
            "exporting.js",
            "factors-actions.js",
            "factors-list.js",
            "factors-main.js",
            "factors.css",
            "icon.svg",
            "importing.js",
            "languages.js",
            "main.js",
            "notices.js",
            "pages.css",
            "picture.js",
            "preferences.js",
            "qr-texts.js",
            "qr-worker.js",
            "qr-zxing.js",
            "qr.js",
            "removing.js",
            "ring.js",
            "server-clock.js",
            "service-icons.js",
            "service-icons.json",
            "sharing.js",
            "showing.js",
            "sign-in.js",
            "texts.js",
            "theme.js",
            "usage.js",
            "vault.css");

    private static final String FOLDER = "/totp-guard-vault/";

    /** The placeholder in a page for the version of its files. */
    private static final String PLACEHOLDER = "@version@";

    /** The placeholder in a page for the languages that it offers. */
    private static final String LANGUAGES = "@languages@";

    /** The placeholder for the attribute that hides the links between the pages. */
    private static final String LINKS = "@links@";

    private static final int VERSION_DIGITS = 16;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    /** A page. All pages share the other files. */
    public enum Page {
        VAULT("index.html"),
        ACCOUNT("account-page.html");

        private final String file;

        Page(String file) {
            this.file = file;
        }
    }

    private PageFiles() {}

    /** A file with its media type. */
    record File(byte[] content, String type) {}

    /** A hash of all pages and files: it changes when any of them changes. */
    static String version() {
        return Loaded.VERSION;
    }

    /**
     * A page.
     *
     * @param languages that it offers; the first one is its fallback
     * @param linked whether it shows its links to the other page
     */
    static File page(Page page, List<String> languages, boolean linked) {
        String html = Loaded.PAGES
                .get(page)
                .replace(LANGUAGES, String.join(" ", languages))
                .replace(LINKS, linked ? "" : "hidden");
        return new File(html.getBytes(StandardCharsets.UTF_8), TYPES.get("html"));
    }

    static Optional<File> find(String name) {
        return Optional.ofNullable(Loaded.FILES.get(name));
    }

    private static File read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + FOLDER + name);
            }
            return new File(in.readAllBytes(), TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loaded at the first request, then kept in memory: about 2 MB. */
    private static final class Loaded {
        private static final Map<String, File> FILES = new TreeMap<>();
        private static final String VERSION;
        private static final Map<Page, String> PAGES = new EnumMap<>(Page.class);

        static {
            MessageDigest digest = sha256();
            for (Page page : Page.values()) {
                digest.update(read(page.file).content());
            }
            List<String> names = new ArrayList<>(NAMES);
            names.addAll(PageLanguages.files());
            for (String name : names) {
                File file = read(name);
                FILES.put(name, file);
                digest.update(file.content());
            }
            VERSION = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
            for (Page page : Page.values()) {
                String html = new String(read(page.file).content(), StandardCharsets.UTF_8);
                PAGES.put(page, html.replace(PLACEHOLDER, VERSION));
            }
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
