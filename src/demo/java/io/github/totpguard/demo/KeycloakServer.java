package io.github.totpguard.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The demo's Keycloak, a process of its own. Its output goes into a file, so that the console stays readable. */
final class KeycloakServer {

    private static final long STOP_LIMIT_SECONDS = 30;
    private static final long PAUSE_MILLIS = 200;
    private static final int LAST_LINES = 40;

    private final DemoSettings settings;
    private final Process process;

    private KeycloakServer(DemoSettings settings, Process process) {
        this.settings = settings;
        this.process = process;
    }

    static KeycloakServer start(DemoSettings settings) throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        ProcessBuilder builder = new ProcessBuilder(
                        settings.home()
                                .resolve("bin")
                                .resolve(windows ? "kc.bat" : "kc.sh")
                                .toString(),
                        "start-dev",
                        "--import-realm",
                        // Set explicitly, not left to the default, so that the file can be opened after the demo.
                        "--db=dev-file",
                        "--db-username=sa",
                        "--db-password=password",
                        // Only this machine, because the administrator's password is public.
                        "--http-host=" + DemoSettings.ADDRESS,
                        "--http-port=" + settings.keycloakPort())
                .redirectErrorStream(true)
                .redirectOutput(settings.log().toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", DemoSettings.ADMINISTRATOR);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", DemoSettings.ADMINISTRATOR);
        Process process = builder.start();
        process.getOutputStream().close();
        return new KeycloakServer(settings, process);
    }

    /**
     * Waits until the realm answers.
     *
     * @throws DemoFailure if the process ends before, with the last lines of its output
     */
    void awaitRealm() throws IOException {
        while (!answers()) {
            if (!process.isAlive()) {
                throw new DemoFailure("Keycloak has ended:\n" + lastLines());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    /** Waits for the end of the process and returns its status. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    void stop() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + DemoSettings.ADDRESS + ":"
                            + settings.keycloakPort() + "/realms/" + DemoSettings.REALM)
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(30_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(settings.log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
