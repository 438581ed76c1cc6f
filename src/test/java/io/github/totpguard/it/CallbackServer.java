package io.github.totpguard.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client application's end: where Keycloak sends browsers back to. One for all tests; logins differ by state. */
final class CallbackServer {

    private static final Pattern STATE = Pattern.compile("(?:^|&)state=([^&]+)");
    private static final byte[] PAGE =
            "<!doctype html><title>demo-app</title><link rel=icon href=data:,><p>Back at the application.</p>"
                    .getBytes(StandardCharsets.UTF_8);
    private static final Map<String, CompletableFuture<URI>> ARRIVALS = new ConcurrentHashMap<>();
    private static final HttpServer SERVER = start();

    private CallbackServer() {}

    static URI uri() {
        return URI.create("http://127.0.0.1:" + SERVER.getAddress().getPort() + "/callback");
    }

    /** Completes with the whole URI when a browser arrives with this state. */
    static CompletableFuture<URI> arrival(String state) {
        return ARRIVALS.computeIfAbsent(state, key -> new CompletableFuture<>());
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/callback", CallbackServer::answer);
            server.setExecutor(command -> {
                Thread thread = new Thread(command, "client application");
                thread.setDaemon(true);
                thread.start();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI request = exchange.getRequestURI();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            Matcher state = STATE.matcher(String.valueOf(request.getRawQuery()));
            if (state.find()) {
                arrival(state.group(1)).complete(uri().resolve(request));
            }
        }
    }
}
