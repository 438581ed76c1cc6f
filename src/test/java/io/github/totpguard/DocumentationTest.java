package io.github.totpguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.Constants;

/** Everything that administrators can set, see and call is documented, and the links of the pages work. */
@DisplayName("Documentation")
class DocumentationTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path SOURCES = ROOT.resolve(Path.of("src", "main", "java"));

    private static final int MAX_LINE = 120;
    private static final int MAX_README_LINES = 140;

    /** Files of other apps, in encodings of their own. */
    private static final Path FOREIGN = ROOT.resolve(Path.of("src", "test", "resources"));

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|\\b(?:src|href)=\"([^\"]+)\"");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");
    private static final Pattern FENCE = Pattern.compile(" {0,3}```.*");

    /** A path with other characters directly in front of it belongs to another project's address and does not match. */
    private static final Pattern MENTION = Pattern.compile("(?<![\\w/.-])docs/[\\w/.-]+\\.(?:md|sh)\\b");

    @Test
    @DisplayName("every relative link leads to a file, and to a heading if it names one")
    void links() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : allPages()) {
            LINK.matcher(prose(page))
                    .results()
                    .map(DocumentationTest::target)
                    .filter(target -> !SCHEME.matcher(target).matches())
                    .filter(target -> !leadsSomewhere(page, target))
                    .forEach(target -> broken.add(ROOT.relativize(page) + ": " + target));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    @DisplayName("every page that a source, a script or the build names exists")
    void mentions() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : namingFiles()) {
            MENTION.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .filter(mention -> !Files.exists(ROOT.resolve(mention)))
                    .forEach(mention -> broken.add(ROOT.relativize(file) + ": " + mention));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    @DisplayName("the index links to every page below docs")
    void index() throws IOException {
        Path index = DOCS.resolve("README.md");
        Set<Path> linked = LINK.matcher(prose(index))
                .results()
                .map(DocumentationTest::target)
                .map(target -> DOCS.resolve(target.replaceFirst("#.*", "")).normalize())
                .collect(Collectors.toSet());
        assertThat(pages(DOCS)).filteredOn(page -> !page.equals(index)).allMatch(linked::contains);
    }

    @Test
    @DisplayName("every policy key is documented, with its default")
    void policyKeys() throws IOException {
        String page = Files.readString(DOCS.resolve(Path.of("configure", "policy.md")));
        assertThat(GuardPolicy.properties()).isNotEmpty().allSatisfy(property -> {
            String row = "| `" + property.getName() + "` | ";
            String shown = String.valueOf(property.getDefaultValue());
            assertThat(page).contains(shown.isEmpty() ? row : row + "`" + shown + "` |");
        });
        assertThat(page).contains("| `" + Constants.MAX_AUTH_AGE_KEY + "` | ");
    }

    @Test
    @DisplayName("every event detail and every event error is documented")
    void events() throws IOException {
        // A name that ends in _ is the beginning of several names, which the two tests below check.
        Set<String> names = literals("\"(totp_guard_[a-z_]*[a-z])\"");
        assertThat(names).contains("totp_guard_verdict", "totp_guard_trust_stolen");
        assertDocumented(names, Path.of("reference", "events.md"));
    }

    @Test
    @DisplayName("every reason for which verification is unavailable is documented, with what to do")
    void unavailable() throws IOException {
        Set<String> errors = Arrays.stream(VerificationUnavailableException.Cause.values())
                .map(AttemptEvent::error)
                .collect(Collectors.toSet());
        String page = Files.readString(DOCS.resolve(Path.of("operate", "troubleshooting.md")));
        assertThat(errors).isNotEmpty().allSatisfy(error -> assertThat(page).contains("| `" + error + "` | "));
    }

    @Test
    @DisplayName("every refusal of the vault is documented")
    void vaultRefusals() throws IOException {
        Set<String> errors = literals("VaultEvent\\s*\\.refused\\(\\s*\\w+,\\s*\"([a-z_]+)\"").stream()
                .map(why -> "totp_guard_vault_" + why)
                .collect(Collectors.toSet());
        assertThat(errors).isNotEmpty();
        assertDocumented(errors, Path.of("reference", "events.md"));
    }

    @Test
    @DisplayName("every metric is documented under its Prometheus name")
    void metrics() throws IOException {
        Set<String> counters = literals("Counter\\s*\\.builder\\(\\s*\"([a-z_.]+)\"").stream()
                .map(name -> name.replace('.', '_') + "_total")
                .collect(Collectors.toSet());
        assertThat(counters).isNotEmpty();
        assertDocumented(counters, Path.of("operate", "metrics.md"));
    }

    @Test
    @DisplayName("the documented REST requests are exactly the existing ones")
    void rest() throws IOException {
        String page = Files.readString(DOCS.resolve(Path.of("reference", "rest.md")));
        Set<String> documented = Pattern.compile("`((?:GET|POST|PUT|PATCH|DELETE) [^`?]+)(?:\\?[^`]*)?`")
                .matcher(page)
                .results()
                .map(request -> request.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(requests());
    }

    @Test
    @DisplayName("lines have at most 120 characters, except in tables, code and links")
    void lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        List<Path> pages = new ArrayList<>(pages(DOCS));
        pages.add(README);
        for (Path page : pages) {
            List<String> lines = withoutFences(page);
            for (int i = 0; i < lines.size(); i++) {
                if (visibleLength(lines.get(i)) > MAX_LINE) {
                    tooLong.add(ROOT.relativize(page) + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    @DisplayName("the README is short")
    void readme() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(MAX_README_LINES);
    }

    private static List<Path> allPages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        // Not target, because other tests write and delete files there at the same time.
        for (String directory : List.of("docs", "src", "themes")) {
            pages.addAll(pages(ROOT.resolve(directory)));
        }
        return pages;
    }

    private static List<Path> pages(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Files that name pages in comments or read them. */
    private static List<Path> namingFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String name : List.of("pom.xml", "docker-compose.yml", ".ci/run")) {
            found.add(ROOT.resolve(name));
        }
        for (String directory : List.of("src", "themes")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
                files.filter(file -> file.toString().matches(".*\\.(?:java|js|xml|ftl|css|html|properties)"))
                        .filter(file -> !file.startsWith(FOREIGN))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String target(MatchResult link) {
        return Optional.ofNullable(link.group(1)).orElseGet(() -> link.group(2));
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!file.startsWith(ROOT) || !Files.exists(file)) {
            return false;
        }
        return parts.length == 1 || anchors(file).contains(parts[1]);
    }

    /** The anchors that GitHub generates from the headings of a page. */
    private static Set<String> anchors(Path page) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (String line : withoutFences(page)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String text = heading.group(1).replaceAll("\\]\\([^)]*\\)", "");
                String anchor = text.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    /** The text of a page without code, because links in code are not links. */
    private static String prose(Path page) {
        return String.join("\n", withoutFences(page)).replaceAll("`[^`\n]*`", "");
    }

    /** The lines of a page, with the lines of fenced code blocks empty. */
    private static List<String> withoutFences(Path page) {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : read(page)) {
            boolean fence = FENCE.matcher(line).matches();
            lines.add(code || fence ? "" : line);
            code ^= fence;
        }
        return lines;
    }

    private static List<String> read(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The length in characters, without the addresses of links and pictures; 0 for a row of a table and for indented
     * code.
     */
    private static int visibleLength(String line) {
        if (line.startsWith("|") || line.startsWith("    ")) {
            return 0;
        }
        String visible = line.replaceAll("\\]\\([^)\\s]*\\)", "]").replaceAll("<img [^>]*>", "");
        return visible.codePointCount(0, visible.length());
    }

    private static void assertDocumented(Set<String> names, Path page) throws IOException {
        String text = Files.readString(DOCS.resolve(page));
        assertThat(names).allMatch(name -> text.contains("`" + name + "`"));
    }

    /** All values of the first group of the expression in the sources. */
    private static Set<String> literals(String expression) throws IOException {
        Pattern pattern = Pattern.compile(expression);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /**
     * Every request that our resources answer, relative to their base path in Keycloak; preflight requests are left
     * out.
     */
    private static Set<String> requests() throws IOException {
        List<Class<?>> resources = resources();
        Set<Class<?>> located = resources.stream()
                .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(jakarta.ws.rs.Path.class))
                .filter(method -> verb(method).isEmpty())
                .<Class<?>>map(Method::getReturnType)
                .collect(Collectors.toSet());
        Set<String> requests = new TreeSet<>();
        resources.stream()
                .filter(resource -> !located.contains(resource))
                .forEach(resource -> collect(resource, "", requests));
        return requests;
    }

    private static List<Class<?>> resources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Class<?>> resources = new ArrayList<>();
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("import jakarta.ws.rs.")) {
                    resources.add(load(file));
                }
            }
            return resources;
        }
    }

    private static Class<?> load(Path source) {
        String name =
                SOURCES.relativize(source).toString().replaceAll("\\.java$", "").replaceAll("[/\\\\]", ".");
        try {
            return Class.forName(name, false, DocumentationTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(Class<?> resource, String base, Set<String> requests) {
        for (Method method : resource.getDeclaredMethods()) {
            Optional<String> path = Optional.ofNullable(method.getAnnotation(jakarta.ws.rs.Path.class))
                    .map(jakarta.ws.rs.Path::value);
            String full = Stream.of(base, path.orElse(""))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("/"));
            Optional<String> verb = verb(method);
            if (verb.isPresent() && !method.isAnnotationPresent(OPTIONS.class)) {
                requests.add(verb.get() + " " + full);
            } else if (verb.isEmpty() && path.isPresent()) {
                collect(method.getReturnType(), full, requests);
            }
        }
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .map(HttpMethod::value)
                .findFirst();
    }
}
