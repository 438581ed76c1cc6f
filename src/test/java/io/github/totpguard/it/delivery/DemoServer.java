package io.github.totpguard.it.delivery;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.Ports;
import io.github.totpguard.harness.ServerProcess;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The demo as {@code mvn -Pdemo} starts it, from an empty state, on free ports. */
final class DemoServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    /** Longer than a time step. */
    private static final Duration CODE_LIMIT = Duration.ofSeconds(45);

    private final Path home = Workspace.own("demo");
    private final ServerProcess process;
    private final URI baseUrl;
    private final URI site;
    private final Map<String, String> usedCodes = new HashMap<>();

    private DemoServer(ServerProcess process, URI baseUrl, URI site) {
        this.process = process;
        this.baseUrl = baseUrl;
        this.site = site;
    }

    static DemoServer start() {
        Path home = Workspace.own("demo");
        Path sources = Workspace.project().resolve("src").resolve("demo");
        int port = Ports.free();
        int sitePort = Ports.free();
        try {
            Workspace.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-classpath",
                System.getProperty("java.class.path"),
                "io.github.totpguard.demo.Demo",
                Workspace.distribution().toString(),
                Workspace.productJar().toString(),
                sources.resolve("demo-realm.json").toString(),
                home.toString(),
                String.valueOf(port),
                String.valueOf(sitePort));
        builder.environment().put("JAVA_OPTS_APPEND", ServerProcess.SHORT_LIVED);
        ServerProcess process = ServerProcess.start(builder, Workspace.own("demo.log"));
        process.awaitReady("the demo's box", START_LIMIT, () -> process.log().contains("/realms/demo/account"));
        return new DemoServer(
                process, URI.create("http://127.0.0.1:" + port), URI.create("http://localhost:" + sitePort));
    }

    /** The imported realm. Its clock cannot be moved, because the demo has no test provider. */
    TestRealm realm() {
        return new TestRealm(new AdminApi(baseUrl), new TestClock(baseUrl), "demo");
    }

    /** The address of the site beside Keycloak. */
    URI site() {
        return site;
    }

    /** What the demo has printed. */
    String console() {
        return process.log();
    }

    /** The code that the site shows for a user. Waits for the next one if this user's present code was handed out. */
    String code(String username) {
        String code = Await.value("another code of " + username, CODE_LIMIT, () -> Optional.of(shownCode(username))
                .filter(shown -> !shown.equals(usedCodes.get(username))));
        usedCodes.put(username, code);
        return code;
    }

    private String shownCode(String username) {
        String answer =
                Http.send(Http.request(site.resolve("/current-codes")).build()).body();
        return AdminApi.parse(answer).path("users").path(username).asText();
    }

    /** The embedded H2, which can be opened once the server has ended; opened with the driver that wrote it. */
    Database databaseAfterEnd() {
        Path file = home.resolve("data").resolve("h2").resolve("keycloakdb");
        return new Database(() -> connect("jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE;IFEXISTS=TRUE"));
    }

    private Connection connect(String url) throws SQLException {
        Properties login = new Properties();
        login.put("user", "sa");
        login.put("password", "password");
        return h2Driver().connect(url, login);
    }

    private Driver h2Driver() throws SQLException {
        try (Stream<Path> jars = Files.list(home.resolve("lib").resolve("lib").resolve("main"))) {
            Path jar = jars.filter(file -> file.getFileName().toString().startsWith("com.h2database.h2-"))
                    .findFirst()
                    .orElseThrow();
            return (Driver) classLoader(jar)
                    .loadClass("org.h2.Driver")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new SQLException("no H2 in the distribution", e);
        }
    }

    // Open as long as the driver is in use, which is until the end of the test run.
    @SuppressWarnings("resource")
    private static ClassLoader classLoader(Path jar) throws MalformedURLException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()});
    }

    @Override
    public void close() {
        process.close();
    }
}
