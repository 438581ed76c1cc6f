package io.github.totpguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Compares the ids of requirements that tests carry as tags with those that docs/requirements.md lists.
 *
 * <p>Every tag of a test is an id. Other text of a test, such as AES-256, UTF-8 or the database H2, is not an id. The
 * tags are read from the sources: JUnit and jqwik have different annotations, and one pattern finds both.
 */
class RequirementsTest {
    private static final Path PAGE = Path.of("docs", "requirements.md");
    private static final Path SOURCES = Path.of("src");
    private static final Path TESTS = SOURCES.resolve(Path.of("test", "java"));
    private static final Path DOCS = Path.of("docs");
    private static final String WITHOUT_TEST = "Without a test";
    private static final String ID = "[A-Z][1-9][0-9]?";
    private static final Pattern TAG = Pattern.compile("@(?:[a-z]+\\.)*Tag\\(\\s*\"([^\"]*)\"\\s*\\)");
    private static final Pattern NAME = Pattern.compile("@(?:DisplayName|Label)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ID_IN_FRONT = Pattern.compile(ID + "(?:,? " + ID + ")* ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (" + ID + ") \\| (.+) \\| (.+) \\|$");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\\n]+)\\n(.*?)(?=^## |\\z)");
    private static final Pattern CODE_IN_DOCS = Pattern.compile("(?s)```.*?```|`[^`]*`");

    private final Map<String, String> sections = sections(read(PAGE));
    private final Set<String> listed = new TreeSet<>(found(ROW, withoutSection(WITHOUT_TEST)));
    private final Set<String> untested = new TreeSet<>(found(ROW, sections.get(WITHOUT_TEST)));

    @Test
    @DisplayName("every tag of a test is listed")
    void carriedAreListed() {
        Map<String, Set<String>> unlisted = carried();
        unlisted.keySet().removeAll(listed);
        assertThat(unlisted).as("tags that docs/requirements.md does not list").isEmpty();
    }

    @Test
    @DisplayName("every listed id is the tag of a test")
    void listedAreCarried() {
        Set<String> uncarried = new TreeSet<>(listed);
        uncarried.removeAll(carried().keySet());
        assertThat(uncarried)
                .as("ids of docs/requirements.md that no test carries")
                .isEmpty();
        assertThat(untested).doesNotContainAnyElementsOf(carried().keySet());
    }

    @Test
    @DisplayName("an id is listed once, in the section of its letter, in order, with a statement and a source")
    void page() {
        assertThat(found(ROW, read(PAGE))).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        sections.forEach((heading, text) -> {
            List<String> ids = found(ROW, text);
            assertThat(text.lines().filter(line -> line.matches("\\| [A-Z]\\d.*")))
                    .as("rows of: %s", heading)
                    .hasSameSizeAs(ids);
            if (!heading.equals(WITHOUT_TEST)) {
                assertThat(ids)
                        .as(heading)
                        .isNotEmpty()
                        .allMatch(id -> heading.startsWith(id.charAt(0) + ": "))
                        .isSortedAccordingTo((one, other) ->
                                Integer.parseInt(one.substring(1)) - Integer.parseInt(other.substring(1)));
            }
        });
    }

    @Test
    @DisplayName("a display name is a sentence, without ids in front of it")
    void displayNames() {
        List<String> names = files(TESTS, "java").stream()
                .flatMap(file -> found(NAME, read(file)).stream())
                .toList();
        assertThat(names).hasSizeGreaterThan(500);
        assertThat(names.stream().filter(name -> ID_IN_FRONT.matcher(name).lookingAt()))
                .isEmpty();
    }

    @Test
    @DisplayName("an id that a comment or the documentation refers to is listed")
    void references() {
        Set<String> known = new HashSet<>(listed);
        known.addAll(untested);
        String letters = known.stream().map(id -> id.substring(0, 1)).distinct().collect(Collectors.joining());
        String id = "[" + letters + "][1-9][0-9]?";

        // (N18), (S26, S39)
        Pattern inComments = Pattern.compile("\\((" + id + "(?:, " + id + ")*)\\)");
        for (Path file : files(SOURCES, "java", "js", "css", "ftl", "properties")) {
            for (String ids : found(inComments, read(file))) {
                assertThat(known).as(file.toString()).contains(ids.split(", "));
            }
        }

        Pattern inPages = Pattern.compile("(?<![\\w-])(" + id + ")(?![\\w-])");
        List<Path> pages = new ArrayList<>(files(DOCS, "md"));
        pages.addAll(List.of(Path.of("README.md"), Path.of("SECURITY.md"), Path.of("CONTRIBUTING.md")));
        for (Path file : pages) {
            String text = CODE_IN_DOCS.matcher(read(file)).replaceAll("");
            assertThat(known).as(file.toString()).containsAll(found(inPages, text));
        }
    }

    @Test
    @DisplayName("tags are found in both spellings of the annotation, and other text is not a tag")
    void tags() {
        assertThat(found(
                        TAG,
                        "@Tag(\"S1\") @net.jqwik.api.Tag(\"T4\") @Tags({@Tag(\"N3\")}) @Tag(\n        \"misspelt\")"))
                .containsExactly("S1", "T4", "N3", "misspelt");
        assertThat(found(
                        TAG,
                        "@DisplayName(\"S1 AES-256, H2, UTF-8\") // (N18)\n header(\"ETag\") forLanguageTag(\"tr\")"))
                .isEmpty();
    }

    /** The tags of all tests, each with the files that have it. */
    private static Map<String, Set<String>> carried() {
        Map<String, Set<String>> carried = new TreeMap<>();
        for (Path file : files(TESTS, "java")) {
            for (String id : found(TAG, read(file))) {
                carried.computeIfAbsent(id, key -> new TreeSet<>())
                        .add(file.getFileName().toString());
            }
        }
        return carried;
    }

    private String withoutSection(String heading) {
        return sections.entrySet().stream()
                .filter(section -> !section.getKey().equals(heading))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> sections(String page) {
        Map<String, String> sections = new TreeMap<>();
        Matcher matcher = SECTION.matcher(page);
        while (matcher.find()) {
            sections.put(matcher.group(1), matcher.group(2));
        }
        return sections;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<Path> files(Path folder, String... endings) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings)
                            .anyMatch(ending -> file.toString().endsWith("." + ending)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
