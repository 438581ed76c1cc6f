package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Cookies;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.HttpBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser for one visit. It sends each request to the next node, like a load balancer without sticky sessions, which
 * is the worst case.
 *
 * <p>{@link HttpURLConnection} sends and reads in the calling thread, so a request causes no context switch on the
 * processors, which the servers use too. It keeps connections open, like a reverse proxy.
 */
final class LoadBrowser {

    private static final Pattern ACTION = Pattern.compile("action=\"[^\"]*(/login-actions/[^\"]*)\"");

    private final List<URI> nodes;
    private final String realmPath;
    private final Cookies cookies;
    private final BenchUser user;
    private int requests;
    private int status;
    private String location = "";
    private String body = "";

    static {
        // If a POST request was sent again, a code would be sent twice.
        System.setProperty("sun.net.http.retryPost", "false");
        System.setProperty("http.maxConnections", "64");
    }

    /** @param firstNode the number of the node for the first request, from 0; larger numbers wrap around */
    LoadBrowser(List<URI> nodes, int firstNode, String realm, BenchUser user) {
        this.nodes = nodes;
        this.requests = firstNode;
        this.realmPath = "/realms/" + realm;
        this.cookies = Cookies.with(user.keptCookies());
        this.user = user;
    }

    /** @param path the path below the realm's path */
    void get(String path) {
        send("GET", realmPath + path, new byte[0]);
    }

    /** Follows the redirect of the last response. */
    void follow() {
        URI target = URI.create(location);
        send("GET", target.getRawPath() + "?" + target.getRawQuery(), new byte[0]);
    }

    /** @param path the path below the realm's path */
    void post(String path, Map<String, String> fields) {
        send("POST", realmPath + path, form(fields));
    }

    /** Submits the form of the current page. */
    void submit(Map<String, String> fields) {
        Matcher action = ACTION.matcher(body);
        if (!action.find()) {
            throw new AssertionError("no form to post, at status " + status);
        }
        post(action.group(1).replace("&amp;", "&"), fields);
    }

    /** @throws AssertionError if the page does not contain the text */
    void expectPage(String part) {
        if (status != 200 || !body.contains(part)) {
            throw new AssertionError("status " + status + " instead of a page with " + part);
        }
    }

    /** @throws AssertionError if the response does not redirect to a URL that contains the text */
    void expectRedirect(String part) {
        if (status != 302 || !location.contains(part)) {
            throw new AssertionError("status " + status + " instead of a redirect to " + part);
        }
    }

    /** @throws AssertionError if the application has not received an authorization code */
    void expectLoggedIn() {
        expectRedirect("&code=");
    }

    private void send(String method, String address, byte[] content) {
        String path = address.indexOf('?') < 0 ? address : address.substring(0, address.indexOf('?'));
        try {
            HttpURLConnection connection = (HttpURLConnection) nodes.get(requests++ % nodes.size())
                    .resolve(address)
                    .toURL()
                    .openConnection();
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "text/html");
            connection.setRequestProperty("User-Agent", HttpBrowser.FIREFOX);
            cookies.header(path).ifPresent(header -> connection.setRequestProperty("Cookie", header));
            if (content.length > 0) {
                connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
                connection.setDoOutput(true);
                connection.getOutputStream().write(content);
            }
            read(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    private void read(HttpURLConnection connection) throws IOException {
        status = connection.getResponseCode();
        location = String.valueOf(connection.getHeaderField("Location"));
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            body = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
        connection.getHeaderFields().getOrDefault("Set-Cookie", List.of()).forEach(this::keep);
    }

    private void keep(String setCookie) {
        cookies.keep(setCookie);
        String name = setCookie.substring(0, setCookie.indexOf('='));
        if (name.contains("TOTP_GUARD_TRUST_")) {
            user.keptCookies().put(name, setCookie.substring(name.length() + 1).split(";", 2)[0]);
        }
    }

    private static byte[] form(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(Http.encode(value)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
