package io.github.totpguard.harness;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cookies of one browser. Each cookie is sent only below its path, because realms on the same server use the same
 * cookie names. Keycloak's cookies are "Secure" even over HTTP. Browsers accept this for 127.0.0.1; the cookie manager
 * of java.net does not.
 */
public final class Cookies {

    private final Map<String, Map<String, String>> byPath = new TreeMap<>();

    /** @param cookies values by name, valid for all paths of the server */
    public static Cookies with(Map<String, String> cookies) {
        Cookies all = new Cookies();
        all.at("/").putAll(cookies);
        return all;
    }

    Cookies copy() {
        Cookies copy = new Cookies();
        byPath.forEach((path, cookies) -> copy.at(path).putAll(cookies));
        return copy;
    }

    /** Stores the cookie of a {@code Set-Cookie} header. Every cookie of Keycloak has a path. */
    public void keep(String setCookie) {
        String[] parts = setCookie.split(";");
        String[] pair = parts[0].split("=", 2);
        String path = "/";
        boolean expired = false;
        for (String part : parts) {
            String attribute = part.strip().toLowerCase(Locale.ROOT);
            if (attribute.startsWith("path=")) {
                path = part.strip().substring("path=".length());
            }
            expired |= attribute.equals("max-age=0");
        }
        if (expired) {
            at(path).remove(pair[0].strip());
        } else {
            at(path).put(pair[0].strip(), pair[1].strip());
        }
    }

    /** The {@code Cookie} header of a request; empty if no cookie applies. */
    public Optional<String> header(String requestPath) {
        return byPath.entrySet().stream()
                .filter(cookies -> isBelow(requestPath, cookies.getKey()))
                .flatMap(cookies -> cookies.getValue().entrySet().stream())
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .reduce((first, second) -> first + "; " + second);
    }

    // Path matching of RFC 6265 section 5.1.4.
    private static boolean isBelow(String requestPath, String cookiePath) {
        return requestPath.equals(cookiePath)
                || requestPath.startsWith(cookiePath.endsWith("/") ? cookiePath : cookiePath + "/");
    }

    private Map<String, String> at(String path) {
        return byPath.computeIfAbsent(path, key -> new TreeMap<>());
    }
}
