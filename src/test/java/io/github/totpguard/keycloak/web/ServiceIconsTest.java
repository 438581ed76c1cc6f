package io.github.totpguard.keycloak.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks the file that src/icons/service-icons.py makes. */
@DisplayName("Icons of well-known services")
class ServiceIconsTest {
    private static final int MAX_BYTES = 500_000;
    private static final String PATH = "[MmLlHhVvCcSsQqTtAaZz0-9 ,.eE+-]+";

    private static byte[] file;
    private static JsonNode icons;
    private static JsonNode names;

    @BeforeAll
    static void read() throws IOException {
        file = PageFiles.find("service-icons.json").orElseThrow().content();
        JsonNode all = new ObjectMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .readTree(file);
        icons = all.path("icons");
        names = all.path("names");
    }

    @Test
    @DisplayName("there are some hundred icons, in less than 500 kB")
    void size() {
        assertThat(file).hasSizeLessThan(MAX_BYTES);
        assertThat(icons.size()).isGreaterThan(300);
    }

    @Test
    @DisplayName("an icon is a title, a colour and a path, and nothing that a browser would load or run")
    void drawings() {
        assertThat(icons.properties()).allSatisfy(icon -> {
            assertThat(icon.getKey()).matches("[a-z0-9]+");
            assertThat(icon.getValue()).hasSize(3);
            assertThat(icon.getValue().get(0).asText()).isNotBlank();
            assertThat(icon.getValue().get(1).asText()).matches("[0-9a-f]{6}");
            assertThat(icon.getValue().get(2).asText()).matches(PATH);
        });
    }

    @Test
    @DisplayName("every name is normalised and leads to an icon, and every icon has a name")
    void lookUp() {
        Set<String> reached = new TreeSet<>();
        assertThat(names.properties()).allSatisfy(name -> {
            assertThat(name.getKey()).matches("[\\p{L}\\p{N}]+").isLowerCase();
            assertThat(icons.has(name.getValue().asText())).as(name.getKey()).isTrue();
            reached.add(name.getValue().asText());
        });
        List<String> all = new ArrayList<>();
        icons.fieldNames().forEachRemaining(all::add);
        assertThat(reached).containsExactlyInAnyOrderElementsOf(all);
        Map.of("github", "github", "gitlabce", "gitlab", "googleworkspace", "google", "twitter", "x")
                .forEach((name, slug) ->
                        assertThat(names.path(name).asText()).as(name).isEqualTo(slug));
    }

    @Test
    @DisplayName("the notice names the source with its version and licence, and whose trademarks the icons are")
    void notice() throws IOException {
        String version = new ObjectMapper().readTree(file).path("version").asText();
        // Other jars of the class path have a notice of the same name.
        assertThat(Files.readString(Path.of("src", "main", "resources", "META-INF", "NOTICE")))
                .contains("service-icons.json", "Simple Icons " + version, "CC0-1.0", "trademarks");
        Path script = Path.of("src", "icons", "service-icons.py");
        assertThat(Files.readString(script)).contains("simple-icons@" + version);
    }
}
