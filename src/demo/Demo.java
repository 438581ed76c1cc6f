import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Runs the demo: {@code mvn -Pdemo}. This is a single file without dependencies, run by Java's source launcher, so that
 * no part of it gets into the provider jar. Arguments: the unpacked distribution, the provider jar, the realm, the
 * directory to run in, the HTTP port.
 */
public final class Demo {

    private static final String BOB_KEY = "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP";
    private static final String COPIED = "copied-from.txt";
    private static final long STOP_LIMIT_SECONDS = 30;

    private final Path distribution;
    private final Path jar;
    private final Path realm;
    private final Path home;
    private final int port;

    private Demo(String[] arguments) {
        distribution = Path.of(arguments[0]).toAbsolutePath();
        jar = Path.of(arguments[1]);
        realm = Path.of(arguments[2]);
        home = Path.of(arguments[3]).toAbsolutePath();
        port = Integer.parseInt(arguments[4]);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 5) {
            System.err.println("usage: java Demo.java DISTRIBUTION PROVIDER_JAR REALM_JSON DIRECTORY PORT");
            System.exit(2);
        }
        Demo demo = new Demo(arguments);
        if (!demo.portIsFree()) {
            System.err.println("Port " + demo.port + " is in use. Try another: mvn -Pdemo -Dkeycloak.http.port=8085");
            System.exit(1);
        }
        demo.install();
        System.exit(demo.run());
    }

    private boolean portIsFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Copies the distribution once. The {@code data} of earlier runs is kept, so that users keep their devices. */
    private void install() throws IOException {
        Path copied = home.resolve(COPIED);
        if (!Files.exists(copied) || !Files.readString(copied).equals(distribution.toString())) {
            for (String part : List.of("bin", "conf", "lib", "providers", "themes")) {
                delete(home.resolve(part));
                copy(distribution.resolve(part), home.resolve(part));
            }
            Files.copy(
                    distribution.resolve("version.txt"),
                    home.resolve("version.txt"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(copied, distribution.toString());
        }
        replace(jar, home.resolve("providers").resolve("keycloak-totp-guard.jar"));
        replace(realm, home.resolve("data").resolve("import").resolve("demo-realm.json"));
    }

    private int run() throws IOException, InterruptedException {
        boolean windows =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        // Set explicitly, not left to the default, so that the file can be opened after the demo.
                        "--db=dev-file",
                        "--db-username=sa",
                        "--db-password=password",
                        // Only this machine, because the administrator's password is public.
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        Process keycloak = builder.start();
        keycloak.getOutputStream().close();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(keycloak)));
        // If Maven is stopped, it does not stop this process.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        while (keycloak.isAlive() && !answers()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        if (keycloak.isAlive()) {
            System.out.println(box());
        }
        return keycloak.waitFor();
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/realms/demo").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(30_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String box() {
        String base = "http://localhost:" + port;
        List<String> lines = List.of(
                "TOTP Guard for Keycloak: the demo is running",
                "",
                "Sign in      " + base + "/realms/demo/account",
                "  alice / alice    has no second factor yet: scan the QR code with an authenticator app",
                "  bob / bob        has a device that Keycloak itself made, before TOTP Guard;",
                "                   add its key to an app: " + BOB_KEY,
                "Vault        " + base + "/realms/demo/totp-guard/vault   (codes of other services)",
                "Administer   " + base + "/admin/   (admin / admin)",
                "Client       demo-app: public, PKCE, redirects to any port of localhost",
                "",
                "Ctrl-C stops it. What you do is kept in target/" + home.getFileName() + "/data.");
        int width = lines.stream().mapToInt(String::length).max().orElseThrow();
        String rule = "+" + "-".repeat(width + 2) + "+";
        StringBuilder box = new StringBuilder("\n").append(rule).append('\n');
        lines.forEach(line ->
                box.append("| ").append(line).append(" ".repeat(width - line.length())).append(" |\n"));
        return box.append(rule).append('\n').toString();
    }

    private static void stop(Process keycloak) {
        List<ProcessHandle> all = Stream.concat(keycloak.descendants(), Stream.of(keycloak.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!keycloak.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    // An unchanged file is not replaced, because Keycloak rebuilds itself if a provider jar looks newer.
    private static void replace(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.mismatch(from, to) == -1) {
            return;
        }
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
