package io.github.totpguard.it.delivery;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Database;
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
import java.util.Properties;
import java.util.stream.Stream;

/** The demo as {@code mvn -Pdemo} starts it, from an empty state, on a free port. */
final class DemoServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path home = Workspace.own("demo");
    private final ServerProcess process;
    private final URI baseUrl;

    private DemoServer(ServerProcess process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    static DemoServer start() {
        Path home = Workspace.own("demo");
        Path sources = Workspace.project().resolve("src").resolve("demo");
        int port = Ports.free();
        try {
            Workspace.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                sources.resolve("Demo.java").toString(),
                Workspace.distribution().toString(),
                Workspace.productJar().toString(),
                sources.resolve("demo-realm.json").toString(),
                home.toString(),
                String.valueOf(port));
        builder.environment().put("JAVA_OPTS_APPEND", ServerProcess.SHORT_LIVED);
        ServerProcess process = ServerProcess.start(builder, Workspace.own("demo.log"));
        process.awaitReady("the demo's box", START_LIMIT, () -> process.log().contains("/realms/demo/account"));
        return new DemoServer(process, URI.create("http://127.0.0.1:" + port));
    }

    /** The imported realm. Its clock cannot be moved, because the demo has no test provider. */
    TestRealm realm() {
        return new TestRealm(new AdminApi(baseUrl), new TestClock(baseUrl), "demo");
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
