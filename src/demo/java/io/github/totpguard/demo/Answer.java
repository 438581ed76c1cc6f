package io.github.totpguard.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The site's answer to one request. It is never cacheable, because it may contain codes and keys. */
record Answer(int status, Map<String, String> headers, String body) {

    private static final String POLICY = "Content-Security-Policy";

    static Answer html(String page) {
        return new Answer(
                200,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        POLICY,
                        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:;"
                                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
                page);
    }

    /** The HTML part of a mail: it may show itself and its links, and nothing else. */
    static Answer foreignHtml(String page) {
        return new Answer(
                200,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        POLICY,
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups"
                                + " allow-popups-to-escape-sandbox; frame-ancestors 'none'"),
                page);
    }

    static Answer of(String type, String body) {
        return new Answer(200, Map.of("Content-Type", type + "; charset=utf-8"), body);
    }

    static Answer redirect(Object address) {
        // 303: after a form has been sent, the browser fetches the next page with GET (RFC 9110 section 15.4.4).
        return new Answer(303, Map.of("Location", address.toString()), "");
    }

    static Answer refused(int status, String title, String why) {
        return new Answer(status, html("").headers(), Html.page(title, "<p>" + Html.escape(why) + "</p>"));
    }

    /** A copy with one more header. */
    Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Headers answer = exchange.getResponseHeaders();
        headers.forEach(answer::set);
        answer.set("Cache-Control", "no-store");
        answer.set("X-Content-Type-Options", "nosniff");
        // Not no-referrer: browsers would then send "Origin: null" with this site's own forms.
        answer.set("Referrer-Policy", "same-origin");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
