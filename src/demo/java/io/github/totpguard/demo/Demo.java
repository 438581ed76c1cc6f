package io.github.totpguard.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the demo and prints what to open. Ctrl-C stops it. */
public final class Demo {

    /** Kept here, because the log manager forgets a logger to which nothing refers. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("com.icegreen"), Logger.getLogger("org.eclipse"));

    private static final int CONNECT_MILLIS = 1_000;

    private final DemoSettings settings;

    private Demo(DemoSettings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            System.exit(new Demo(DemoSettings.of(arguments)).run());
        } catch (DemoFailure | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private int run() throws IOException, InterruptedException {
        requireFree(settings.keycloakPort(), "keycloak.http.port");
        requireFree(settings.sitePort(), "demo.site.port");
        new Installation(settings).prepare();
        People people = People.read(settings.realm());
        System.out.println("Starting Keycloak. The first time takes a minute or two. Its log is " + settings.log());
        KeycloakServer keycloak = KeycloakServer.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(keycloak::stop));
        // If Maven is stopped, it does not stop this process.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        keycloak.awaitRealm();
        Mailbox mailbox = Mailbox.start();
        RealmPreparation preparation = new RealmPreparation(settings, people);
        preparation.prepare(mailbox.smtpSettings());
        Site.start(settings, people, mailbox, preparation);
        System.out.println(Box.of(settings, people));
        return keycloak.awaitEnd();
    }

    /** @throws DemoFailure if a browser that opens this port of localhost would find another program */
    static void requireFree(int port, String property) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(DemoSettings.ADDRESS, port));
        } catch (IOException e) {
            throw inUse(port, property);
        }
        try (Socket other = new Socket()) {
            // A program may listen on IPv6 only, and browsers try that address first.
            other.connect(new InetSocketAddress("::1", port), CONNECT_MILLIS);
        } catch (IOException e) {
            return;
        }
        throw inUse(port, property);
    }

    private static DemoFailure inUse(int port, String property) {
        return new DemoFailure(
                "Port " + port + " is in use. Try another: mvn -q -ntp -Pdemo -D" + property + "=" + (port + 100));
    }
}
