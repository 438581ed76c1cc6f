package io.github.totpguard.harness;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cookies of one browser. Each is sent below its path only, because realms on the same server give cookies of the same
 * name. Keycloak's cookies are "Secure" even over HTTP, as browsers trust 127.0.0.1; java.net's cookie manager does not.
 */
public final class Cookies {

    private final Map<String, Map<String, String>> byPath = new TreeMap<>();

    /** @param cookies values by name, for all paths of the server */
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

    /** Takes what a {@code Set-Cookie} header says. Every cookie of Keycloak names its path. */
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

    /** The {@code Cookie} header of a request, if there is one. */
    public Optional<String> header(String requestPath) {
        return byPath.entrySet().stream()
                .filter(cookies -> isBelow(requestPath, cookies.getKey()))
                .flatMap(cookies -> cookies.getValue().entrySet().stream())
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .reduce((first, second) -> first + "; " + second);
    }

    // RFC 6265 section 5.1.4.
    private static boolean isBelow(String requestPath, String cookiePath) {
        return requestPath.equals(cookiePath)
                || requestPath.startsWith(cookiePath.endsWith("/") ? cookiePath : cookiePath + "/");
    }

    private Map<String, String> at(String path) {
        return byPath.computeIfAbsent(path, key -> new TreeMap<>());
    }
}
