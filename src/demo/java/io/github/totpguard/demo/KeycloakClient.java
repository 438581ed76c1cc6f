package io.github.totpguard.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Calls the demo's Keycloak: token endpoints, the admin REST API, the vault's REST. */
final class KeycloakClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Half of what Keycloak gives a token of the administrator. */
    private static final Duration TOKEN_USE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DemoSettings settings;
    private String administrator = "";
    private long administratorSince;

    KeycloakClient(DemoSettings settings) {
        this.settings = settings;
    }

    /** Sends a direct grant; the user's password is the name. Returns the access token, or nothing if refused. */
    Optional<String> grant(String realm, String client, String user, Optional<String> code) {
        String form = "grant_type=password&client_id=" + encode(client) + "&username=" + encode(user) + "&password="
                + encode(user) + "&scope=openid"
                + code.map(otp -> "&otp=" + encode(otp)).orElse("");
        HttpRequest request = request("/realms/" + realm + "/protocol/openid-connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = send(request);
        return answer.statusCode() == 200
                ? Optional.of(read(answer.body()).path("access_token").asText())
                : Optional.empty();
    }

    /** Calls the admin REST API below the demo's realm. */
    JsonNode admin(String method, String path, Object body) {
        return call(method, "/admin/realms/" + DemoSettings.REALM + path, administratorToken(), body);
    }

    /** A token is used for a while, because each costs Keycloak a password hash. */
    private synchronized String administratorToken() {
        if (System.nanoTime() - administratorSince > TOKEN_USE.toNanos() || administrator.isEmpty()) {
            long now = System.nanoTime();
            administrator = grant("master", "admin-cli", DemoSettings.ADMINISTRATOR, Optional.empty())
                    .orElseThrow(() -> new DemoFailure("Keycloak refuses the administrator's name and password. Was"
                            + " the password changed? Delete the demo's data directory to begin again."));
            administratorSince = now;
        }
        return administrator;
    }

    /** Calls a resource of the realm with a user's token. */
    JsonNode realm(String method, String path, String token, Object body) {
        return call(method, "/realms/" + DemoSettings.REALM + path, token, body);
    }

    /** A name as part of a path. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // Messages never contain bodies, because these may contain secrets.
    private JsonNode call(String method, String path, String token, Object body) {
        HttpRequest.Builder request = request(path).header("Authorization", "Bearer " + token);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(write(body)));
        }
        HttpResponse<String> answer = send(request.build());
        if (answer.statusCode() / 100 != 2) {
            throw new DemoFailure(
                    method + " " + path + " answers " + answer.statusCode() + ". Keycloak's log is " + settings.log());
        }
        return read(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://" + DemoSettings.ADDRESS + ":" + settings.keycloakPort() + path))
                .timeout(LIMIT)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new DemoFailure("Keycloak does not answer. Its log is " + settings.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Stopped", e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new DemoFailure("Keycloak's answer is not JSON", e);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
