package io.github.totpguard.harness;

import io.github.totpguard.testprovider.LostDeviceStepFactory;
import io.github.totpguard.testprovider.TestSupportFactory;
import io.github.totpguard.testprovider.TestUsersFactory;
import io.github.totpguard.testprovider.WritingStepFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.storage.UserStorageProviderFactory;

/**
 * Packs the compiled test provider and the test themes. Only this jar contains their service files, so no other class
 * path finds the provider. The same content gives the same bytes, so that a Keycloak build with it is made once.
 */
final class TestProviderJar {

    private static final List<Map.Entry<Class<?>, List<Class<?>>>> SERVICES = List.of(
            Map.entry(RealmResourceProviderFactory.class, List.of(TestSupportFactory.class)),
            Map.entry(UserStorageProviderFactory.class, List.of(TestUsersFactory.class)),
            Map.entry(AuthenticatorFactory.class, List.of(LostDeviceStepFactory.class, WritingStepFactory.class)));

    /** A constant that fits into ZIP's old time field alone, which has no time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private TestProviderJar() {}

    static Path write(Path target) {
        Workspace.directory(target.getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target))) {
            for (Path classFile : classFiles()) {
                add(jar, "io/github/totpguard/testprovider/" + classFile.getFileName(), Files.readAllBytes(classFile));
            }
            for (Map.Entry<Class<?>, List<Class<?>>> service : SERVICES) {
                String name = "META-INF/services/" + service.getKey().getName();
                String factories =
                        service.getValue().stream().map(Class::getName).collect(Collectors.joining("\n"));
                add(jar, name, factories.getBytes(StandardCharsets.UTF_8));
            }
            Path themes = classes().resolve("test-themes");
            for (Path file : regularFiles(themes)) {
                String name = themes.relativize(file).toString().replace(File.separatorChar, '/');
                add(jar, name, Files.readAllBytes(file));
            }
            // Keycloak indexes the resource classes of a jar only if the jar contains this file.
            add(jar, "META-INF/beans.xml", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private static List<Path> classFiles() throws IOException {
        String folder = TestUsersFactory.class.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.list(classes().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> regularFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Path classes() {
        try {
            return Path.of(TestUsersFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(NO_TIME);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
