package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Puts a secret in the wrong place: into every field of every fixture file, one at a time. */
class NoSecretBecomesANameTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final List<String> MISPLACED = List.of(
            SECRET,
            SECRET.toLowerCase(Locale.ROOT),
            "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
            "my key: " + SECRET,
            "secret=" + SECRET,
            "A&secret=" + SECRET,
            "otpauth://totp/b?secret=" + SECRET + "&issuer=B",
            "A,otpauth://totp/b?secret=" + SECRET + "&issuer=B",
            "otpauth%3A%2F%2Ftotp%2Fb%3Fsecret%3D" + SECRET);

    // A value of a URI, a cell of a table, or the text of an element.
    private static final Pattern PLACE =
            Pattern.compile("(?<=[=/:])[^&?:/\\s\"<>]+|(?<=[,;\\n])[^,;\\n]*|(?<=>)[^<]+(?=<)|(?<=\")[^\",]*(?=\")");

    static Stream<String> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Fixtures.class.getResource("/transfer").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".py"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @Tag("S50")
    @DisplayName("a secret in any field of a file appears in no name and in no message")
    void everyField(String file) throws IOException {
        List<String> variants = variants(file);
        assertThat(variants).isNotNull();
        for (String variant : variants) {
            String told = told(variant);
            assertThat(told.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT))
                    .as("%s: %s", file, told)
                    .doesNotContain(SECRET.substring(0, 16));
        }
    }

    private static String told(String content) {
        try {
            StringBuilder told = new StringBuilder();
            for (ImportItem item :
                    ImportReader.read(List.of(content), Optional.empty()).items()) {
                if (item instanceof ImportItem.Accepted accepted) {
                    told.append(accepted.account().issuer())
                            .append(accepted.account().account());
                } else if (item instanceof ImportItem.Refused refused) {
                    told.append(refused.name()).append(refused.message());
                }
                told.append('\n');
            }
            return told.toString();
        } catch (UnreadableImportException e) {
            return e.getMessage();
        }
    }

    private static List<String> variants(String file) throws IOException {
        String text = Fixtures.text(file);
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree.isContainerNode() ? ofTree(tree) : ofText(text);
        } catch (JsonProcessingException e) {
            return ofText(text);
        }
    }

    private static List<String> ofTree(JsonNode root) throws JsonProcessingException {
        List<String> variants = new ArrayList<>();
        for (String misplaced : MISPLACED) {
            replaceEach(root, root, misplaced, variants);
        }
        return variants;
    }

    private static void replaceEach(JsonNode root, JsonNode at, String text, List<String> variants)
            throws JsonProcessingException {
        if (at instanceof ObjectNode object) {
            for (String name : List.copyOf(names(object))) {
                JsonNode before = object.get(name);
                if (before.isContainerNode()) {
                    replaceEach(root, before, text, variants);
                } else {
                    object.set(name, TextNode.valueOf(text));
                    variants.add(MAPPER.writeValueAsString(root));
                    object.set(name, before);
                }
            }
        } else if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                replaceEach(root, array.get(i), text, variants);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> ofText(String text) {
        List<String> variants = new ArrayList<>();
        for (String misplaced : MISPLACED) {
            Matcher place = PLACE.matcher(text);
            while (place.find()) {
                variants.add(text.substring(0, place.start()) + misplaced + text.substring(place.end()));
            }
        }
        return variants;
    }
}
