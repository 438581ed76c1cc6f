package io.github.totpguard.harness;

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

/**
 * The client application's redirect URI, where Keycloak sends browsers. One server for all tests; logins differ by
 * state.
 */
public final class CallbackServer {

    private static final Pattern STATE = Pattern.compile("(?:^|&)state=([^&]+)");
    /**
     * The page loads a style sheet whose address contains the query. This request proves that the browser has left the
     * previous page.
     */
    private static final String PAGE = "<!doctype html><title>demo-app</title><link rel=icon href=data:,>"
            + "<link rel=stylesheet href=\"/callback/arrived?%s\"><p>Back at the application.</p>";

    private static final Map<String, CompletableFuture<URI>> ARRIVALS = new ConcurrentHashMap<>();
    private static final HttpServer SERVER = start();

    private CallbackServer() {}

    public static URI uri() {
        return URI.create("http://127.0.0.1:" + SERVER.getAddress().getPort() + "/callback");
    }

    /** Completes with the whole redirect URI when a browser shows the page for this state. */
    static CompletableFuture<URI> arrival(String state) {
        return ARRIVALS.computeIfAbsent(state, key -> new CompletableFuture<>());
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/callback", CallbackServer::show);
            server.createContext("/callback/arrived", CallbackServer::arrived);
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

    private static void show(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        answer(exchange, "text/html", PAGE.formatted(query.replace("&", "&amp;").replace("\"", "%22")));
    }

    private static void arrived(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        answer(exchange, "text/css", "p { color: black }");
        Matcher state = STATE.matcher(query);
        if (state.find()) {
            arrival(state.group(1)).complete(URI.create(uri() + "?" + query));
        }
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
