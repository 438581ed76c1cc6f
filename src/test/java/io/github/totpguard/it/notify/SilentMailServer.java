package io.github.totpguard.it.notify;

import io.github.totpguard.harness.MailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;

/** A mail server that accepts connections and never sends a greeting. */
final class SilentMailServer implements AutoCloseable {

    private static final int LIMIT_MILLIS = 30_000;

    private final ServerSocket door;
    private Socket caller;

    private SilentMailServer(ServerSocket door) {
        this.door = door;
    }

    static SilentMailServer start() {
        try {
            ServerSocket door = new ServerSocket(0, 10, InetAddress.getByName(MailServer.ADDRESS));
            door.setSoTimeout(LIMIT_MILLIS);
            return new SilentMailServer(door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> settings() {
        return MailServer.settings(door.getLocalPort());
    }

    /** Accepts the first connection; returns whether its client is still waiting for the greeting. */
    boolean isCallerWaiting() {
        try {
            caller = door.accept();
            caller.setSoTimeout(1);
            int said = caller.getInputStream().read();
            if (said >= 0) {
                throw new AssertionError("the client spoke first");
            }
            return false;
        } catch (SocketTimeoutException e) {
            if (caller == null) {
                throw new AssertionError("no client connected", e);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (door) {
            if (caller != null) {
                caller.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
