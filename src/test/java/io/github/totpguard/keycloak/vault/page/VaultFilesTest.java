package io.github.totpguard.keycloak.vault.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

@DisplayName("Files of the vault's page")
class VaultFilesTest {
    private static final Pattern IMPORT = Pattern.compile("(?:from|new URL\\()\\s*\"(?:\\./)?([^\"]+)\"");

    /** The scripts that keep a user's choice, which is no secret. */
    private static final Set<String> STORE_CHOICES = Set.of("languages.js", "theme.js");

    @Test
    @DisplayName("exactly the files in the folder are served")
    void allOfTheFolder() throws IOException, URISyntaxException {
        Path folder = Path.of(VaultFiles.class.getResource("/totp-guard-vault").toURI());
        List<String> served = new ArrayList<>(VaultFiles.NAMES);
        served.addAll(PageLanguages.files());
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
        String page = new String(VaultFiles.page(List.of("de", "en")).content(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("vault/" + VaultFiles.version() + "/main.js", "data-languages=\"de en\"")
                .doesNotContain("@version@", "@languages@", "<style", "style=", "javascript:", "http://", "https://")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(VaultFiles.version()).matches("[0-9a-f]{16}");
    }

    @Test
    @DisplayName("no script turns text into code or markup, and none stores a token")
    void scripts() {
        assertThat(VaultFiles.NAMES).filteredOn(name -> name.endsWith(".js")).allSatisfy(name -> assertThat(
                        content(name))
                .doesNotContain("eval(", "new Function", "innerHTML", "insertAdjacentHTML"));
        assertThat(VaultFiles.NAMES)
                .filteredOn(name -> name.endsWith(".js") && !STORE_CHOICES.contains(name))
                .allSatisfy(name -> assertThat(content(name)).doesNotContain("localStorage"));
    }

    @Test
    @DisplayName("the page offers the realm's languages, the default one first, and all of ours if the realm has one only")
    void languages() {
        assertThat(PageLanguages.all()).contains("en", "de");
        assertThat(PageLanguages.of(realm(false, null))).startsWith("en").hasSameElementsAs(PageLanguages.all());
        assertThat(PageLanguages.of(realm(true, "de", "en", "de", "eo"))).containsExactly("de", "en");
        assertThat(PageLanguages.of(realm(true, null, "de", "en"))).containsExactly("de", "en");
        assertThat(PageLanguages.of(realm(true, "eo", "eo", "de"))).containsExactly("de");
        assertThat(PageLanguages.of(realm(true, "eo", "eo"))).containsExactly("en");
    }

    private static RealmModel realm(boolean several, String standard, String... supported) {
        return (RealmModel) Proxy.newProxyInstance(
                VaultFilesTest.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isInternationalizationEnabled" -> several;
                    case "getDefaultLocale" -> standard;
                    case "getSupportedLocalesStream" -> Stream.of(supported);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static String content(String name) {
        return new String(VaultFiles.find(name).orElseThrow().content(), StandardCharsets.UTF_8);
    }
}
