package io.github.totpguard.keycloak.web;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.RealmModel;

@DisplayName("Files of the users' pages")
class PageFilesTest {
    private static final Pattern IMPORT = Pattern.compile("(?:from|new URL\\()\\s*\"(?:\\./)?([^\"]+)\"");

    /** The scripts that keep a user's choice, which is no secret. */
    private static final Set<String> STORE_CHOICES = Set.of("languages.js", "preferences.js", "theme.js");

    private static final List<String> PAGES = List.of("index.html", "account-page.html");

    @Test
    @DisplayName("exactly the files in the folder are served")
    void allOfTheFolder() throws IOException, URISyntaxException {
        Path folder = Path.of(PageFiles.class.getResource("/totp-guard-vault").toURI());
        List<String> served = new ArrayList<>(PageFiles.NAMES);
        served.addAll(PageLanguages.files());
        served.addAll(PAGES);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(served)
                    .containsAll(
                            files.map(file -> file.getFileName().toString()).toList());
        }
        assertThat(Stream.of(
                        "index.html",
                        "account-page.html",
                        "../index.html",
                        "README.md",
                        "",
                        "vault.js",
                        "META-INF/MANIFEST.MF"))
                .allSatisfy(name -> assertThat(PageFiles.find(name)).isEmpty());
    }

    @Test
    @DisplayName("every file that a module imports is served")
    void importsAreServed() {
        assertThat(PageFiles.NAMES)
                .filteredOn(name -> name.endsWith(".js") && !name.equals("qr-zxing.js"))
                .allSatisfy(name -> assertThat(
                                IMPORT.matcher(content(name)).results().map(result -> result.group(1)))
                        .isSubsetOf(PageFiles.NAMES));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a page requests its files by version, and contains no inline script, style or handler")
    void page(PageFiles.Page which) {
        String page = content(PageFiles.page(which, List.of("de", "en"), true));

        assertThat(page)
                .contains("/" + PageFiles.version() + "/vault.css", "data-languages=\"de en\"")
                .doesNotContain(
                        "@version@", "@links@", "@languages@", "<style", "style=", "javascript:", "http://", "https://")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(PageFiles.version()).matches("[0-9a-f]{16}");
        assertThat(Pattern.compile("/" + PageFiles.version() + "/([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(result -> result.group(1)))
                .isNotEmpty()
                .isSubsetOf(PageFiles.NAMES);
    }

    @Test
    @DisplayName("the vault's page links to the account page only where users can sign in there")
    void links() {
        assertThat(content(PageFiles.page(PageFiles.Page.VAULT, List.of("en"), true)))
                .containsPattern("<nav class=\"pages\" data-label=\"[\\w.]+\" *>");
        assertThat(content(PageFiles.page(PageFiles.Page.VAULT, List.of("en"), false)))
                .containsPattern("<nav class=\"pages\" data-label=\"[\\w.]+\" hidden>");
    }

    @Test
    @DisplayName("no script turns text into code or markup, and none stores a token")
    void scripts() {
        assertThat(PageFiles.NAMES).filteredOn(name -> name.endsWith(".js")).allSatisfy(name -> assertThat(
                        content(name))
                .doesNotContain("eval(", "new Function", "innerHTML", "insertAdjacentHTML"));
        assertThat(PageFiles.NAMES)
                .filteredOn(name -> name.endsWith(".js") && !STORE_CHOICES.contains(name))
                .allSatisfy(name -> assertThat(content(name)).doesNotContain("localStorage"));
        // It imports nothing, so it knows no token and no code.
        assertThat(content("preferences.js")).doesNotContain("import ");
    }

    @Test
    @DisplayName(
            "the page offers the realm's languages, the default one first, and all of ours if the realm has one only")
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
                PageFilesTest.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isInternationalizationEnabled" -> several;
                    case "getDefaultLocale" -> standard;
                    case "getSupportedLocalesStream" -> Stream.of(supported);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static String content(String name) {
        return content(PageFiles.find(name).orElseThrow());
    }

    private static String content(PageFiles.File file) {
        return new String(file.content(), StandardCharsets.UTF_8);
    }
}
