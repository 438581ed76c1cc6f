package io.github.totpguard.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the site.
 *
 * @param fields the fields of the query, or of the form if the method is POST
 * @param cookies the cookies by their names
 */
record Visit(String method, URI uri, Map<String, String> fields, Map<String, String> cookies) {

    /** The name of the cookie of a login that has succeeded. */
    static final String SESSION = "demo-session";

    private static final int MAX_BODY = 64 << 10;

    static Visit of(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        String encoded = method.equals("POST")
                ? new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8)
                : String.valueOf(uri.getRawQuery());
        List<String> headers = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        return new Visit(method, uri, decode(encoded), cookies(headers));
    }

    String path() {
        return uri.getPath();
    }

    boolean isPost() {
        return method.equals("POST");
    }

    Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** The value of a field without white space around it; empty if there is none. */
    String field(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** The fields of a query or of a form. */
    static Map<String, String> decode(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded.split("&")) {
            String[] parts = field.split("=", 2);
            if (parts.length == 2) {
                fields.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // An incomplete escape is taken literally.
            return text;
        }
    }

    private static Map<String, String> cookies(List<String> headers) {
        Map<String, String> cookies = new HashMap<>();
        for (String header : headers) {
            for (String cookie : header.split(";")) {
                String[] parts = cookie.strip().split("=", 2);
                if (parts.length == 2) {
                    cookies.put(parts[0], parts[1]);
                }
            }
        }
        return cookies;
    }
}
