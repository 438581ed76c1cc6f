package io.github.totpguard.keycloak.vault.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Files of the vault's page")
class VaultFilesTest {
    private static final Pattern IMPORT = Pattern.compile("(?:from|new URL\\()\\s*\"(?:\\./)?([^\"]+)\"");

    @Test
    @DisplayName("exactly the files in the folder are served")
    void allOfTheFolder() throws IOException, URISyntaxException {
        Path folder = Path.of(VaultFiles.class.getResource("/totp-guard-vault").toURI());
        List<String> served = new ArrayList<>(VaultFiles.NAMES);
        served.add("index.html");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(served)
                    .containsAll(
                            files.map(file -> file.getFileName().toString()).toList());
        }
        assertThat(Stream.of("index.html", "../index.html", "README.md", "", "vault.js", "META-INF/MANIFEST.MF"))
                .allSatisfy(name -> assertThat(VaultFiles.find(name)).isEmpty());
    }

    @Test
    @DisplayName("every file that a module imports is served")
    void importsAreServed() {
        assertThat(VaultFiles.NAMES)
                .filteredOn(name -> name.endsWith(".js") && !name.equals("qr-zxing.js"))
                .allSatisfy(name -> assertThat(
                                IMPORT.matcher(content(name)).results().map(result -> result.group(1)))
                        .isSubsetOf(VaultFiles.NAMES));
    }

    @Test
    @DisplayName("the page requests its files by version, and contains no inline script, style or handler")
    void page() {
        String page = new String(VaultFiles.page().content(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("vault/" + VaultFiles.version() + "/main.js")
                .doesNotContain("@version@", "<style", "style=", "javascript:", "http://", "https://")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(VaultFiles.version()).matches("[0-9a-f]{16}");
    }

    @Test
    @DisplayName("no script turns text into code or markup, and none stores a token")
    void scripts() {
        assertThat(VaultFiles.NAMES).filteredOn(name -> name.endsWith(".js")).allSatisfy(name -> assertThat(
                        content(name))
                .doesNotContain("eval(", "new Function", "innerHTML", "insertAdjacentHTML", "localStorage"));
    }

    private static String content(String name) {
        return new String(VaultFiles.find(name).orElseThrow().content(), StandardCharsets.UTF_8);
    }
}
