package io.github.totpguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/**
 * Compares the names of the public contract with their list: ids in flows, policy keys in realm configurations, names in events
 * and metrics, REST paths in clients, message keys in themes. A new name is added to the list. Removing a name breaks existing
 * installations.
 */
class ContractTest {
    private static final java.nio.file.Path LIST = java.nio.file.Path.of("src/test/resources/contract.txt");
    private static final java.nio.file.Path SERVICES = java.nio.file.Path.of("src/main/resources/META-INF/services");
    private static final java.nio.file.Path MESSAGES = java.nio.file.Path.of("themes/messages/messages_en.properties");
    private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src/main/java");

    /** Event details, event errors and metrics; tables and files are others. */
    private static final Pattern NAME = Pattern.compile("\"(totp_guard[a-z_.]*)\"");

    @Test
    @DisplayName("the names that others rely on are those of the list")
    void contract() throws Exception {
        Set<String> names = new TreeSet<>();
        providers(names);
        GuardPolicy.properties().stream()
                .map(ProviderConfigProperty::getName)
                .forEach(key -> names.add("policy " + key));
        requests(names);
        eventsAndMetrics(names);
        messages(names);
        assertThat(names).containsExactlyElementsOf(new TreeSet<>(Files.readAllLines(LIST)));
    }

    private static void providers(Set<String> names) throws Exception {
        for (java.nio.file.Path service : files(SERVICES)) {
            String kind = service.getFileName().toString().replaceFirst(".*\\.", "");
            for (String factory : Files.readAllLines(service)) {
                ProviderFactory<?> made = (ProviderFactory<?>)
                        Class.forName(factory).getDeclaredConstructor().newInstance();
                names.add("id " + kind + " " + made.getId());
            }
        }
    }

    private static void requests(Set<String> names) {
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.totpguard.keycloak")) {
            for (JavaMethod method : type.getMethods()) {
                String path = method.tryGetAnnotationOfType(Path.class)
                        .map(Path::value)
                        .orElse("");
                Stream<String> verbs = method.getAnnotations().stream()
                        .map(annotation -> annotation.getRawType())
                        .filter(annotation -> annotation.isAnnotatedWith(HttpMethod.class))
                        .map(JavaClass::getSimpleName);
                List<String> all = verbs.toList();
                all.forEach(verb -> names.add("rest " + verb + " " + path));
                if (all.isEmpty() && !path.isEmpty()) {
                    names.add("rest below " + path);
                }
            }
        }
    }

    private static void eventsAndMetrics(Set<String> names) throws IOException {
        for (java.nio.file.Path source : files(SOURCES)) {
            NAME.matcher(Files.readString(source)).results().forEach(found -> names.add("name " + found.group(1)));
        }
    }

    private static void messages(Set<String> names) throws IOException {
        Properties messages = new Properties();
        try (InputStream in = Files.newInputStream(MESSAGES)) {
            messages.load(in);
        }
        messages.stringPropertyNames().forEach(key -> names.add("message " + key));
    }

    private static List<java.nio.file.Path> files(java.nio.file.Path directory) throws IOException {
        try (Stream<java.nio.file.Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
