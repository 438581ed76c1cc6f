package io.github.totpguard.keycloak.vault.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the vault's page, as they are in the jar. No other file can be requested. */
final class VaultFiles {

    /** The files that are served. The build generates {@code qr-zxing.js}. */
    static final List<String> NAMES = List.of(
            "account-list.js",
            "account-row.js",
            "adding.js",
            "api.js",
            "camera.js",
            "code-text.js",
            "codes.js",
            "dom.js",
            "editing.js",
            "export-file.js",
            "exporting.js",
            "icon.svg",
            "importing.js",
            "main.js",
            "notices.js",
            "picture.js",
            "qr-texts.js",
            "qr-worker.js",
            "qr-zxing.js",
            "qr.js",
            "removing.js",
            "ring.js",
            "server-clock.js",
            "sharing.js",
            "sign-in.js",
            "texts.js",
            "texts.json",
            "vault.css");

    private static final String FOLDER = "/totp-guard-vault/";
    private static final String PAGE = "index.html";

    /** The placeholder in the page for the version of its files. */
    private static final String PLACEHOLDER = "@version@";

    private static final int VERSION_DIGITS = 16;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private VaultFiles() {}

    /** A file with its media type. */
    record File(byte[] content, String type) {}

    /** A hash of all files: it changes when any of them changes. */
    static String version() {
        return Loaded.VERSION;
    }

    static File page() {
        return Loaded.PAGE_OF_VERSION;
    }

    static Optional<File> find(String name) {
        return Optional.ofNullable(Loaded.FILES.get(name));
    }

    private static File read(String name) {
        try (InputStream in = VaultFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + FOLDER + name);
            }
            return new File(in.readAllBytes(), TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loaded at the first request, then kept in memory: about 200 kB. */
    private static final class Loaded {
        private static final Map<String, File> FILES = new TreeMap<>();
        private static final String VERSION;
        private static final File PAGE_OF_VERSION;

        static {
            File page = read(PAGE);
            MessageDigest digest = sha256();
            digest.update(page.content());
            for (String name : NAMES) {
                File file = read(name);
                FILES.put(name, file);
                digest.update(file.content());
            }
            VERSION = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
            String html = new String(page.content(), StandardCharsets.UTF_8).replace(PLACEHOLDER, VERSION);
            PAGE_OF_VERSION = new File(html.getBytes(StandardCharsets.UTF_8), page.type());
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
