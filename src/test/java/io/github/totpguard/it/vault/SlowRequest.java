package io.github.totpguard.it.vault;

import io.github.totpguard.harness.TestRealm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request to the vault that sends half of its body and waits with the rest until {@link #end}. */
final class SlowRequest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Socket socket;
    private final BufferedReader in;
    private final byte[] body;

    private SlowRequest(Socket socket, byte[] body) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.body = body;
    }

    /** Returns when the server has started to read the body; the request asks the server to announce this. */
    static SlowRequest begin(TestRealm realm, String path, String token, String body) {
        URI uri = URI.create(realm.uri() + "/totp-guard/" + path);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            SlowRequest request = new SlowRequest(new Socket(uri.getHost(), uri.getPort()), bytes);
            request.socket.setSoTimeout((int) LIMIT.toMillis());
            request.send(("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                            + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String line = request.in.readLine();
            if (line == null || !line.startsWith("HTTP/1.1 100")) {
                throw new AssertionError("the server does not read the body, but answers: " + line);
            }
            request.in.readLine();
            request.socket.getOutputStream().write(bytes, 0, bytes.length / 2);
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the rest of the body and returns the first line of the answer. */
    String end() {
        try {
            socket.getOutputStream().write(body, body.length / 2, body.length - body.length / 2);
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
