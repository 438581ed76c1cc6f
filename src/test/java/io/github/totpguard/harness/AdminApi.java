package io.github.totpguard.harness;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Calls the admin REST API as the bootstrap administrator. Paths start at {@code /admin/realms}. If a call does not end
 * in 2xx, it throws an {@link AdminApiException}. Messages never contain request bodies, because these may contain
 * secrets.
 */
public final class AdminApi {

    /**
     * Unknown properties are ignored, because the server may be newer or older than the representations on the class
     * path. Nulls are not written, because an older server refuses the names of properties that it does not know, even
     * without a value.
     */
    public static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    /** The only path that is not below /admin/realms. */
    private static final String SERVER_INFO = "/serverinfo";

    private final URI baseUrl;
    private String token = "";

    public AdminApi(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public JsonNode get(String path) {
        return parse(call("GET", path, null).body());
    }

    /** The provider info that the admin console shows. */
    public JsonNode serverInfo() {
        return parse(call("GET", SERVER_INFO, null).body());
    }

    <T> T get(String path, TypeReference<T> type) {
        return JSON.convertValue(get(path), type);
    }

    <T> T get(String path, Class<T> type) {
        return JSON.convertValue(get(path), type);
    }

    /** Returns the response body, or a missing node if there is none. */
    public JsonNode post(String path, Object body) {
        return parse(call("POST", path, body).body());
    }

    /** Creates a resource and returns its id, the end of the {@code Location} header. */
    public String create(String path, Object body) {
        String location =
                call("POST", path, body).headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    public void put(String path, Object body) {
        call("PUT", path, body);
    }

    public void delete(String path) {
        call("DELETE", path, null);
    }

    private synchronized HttpResponse<String> call(String method, String path, Object body) {
        HttpResponse<String> response = send(method, path, body);
        if (response.statusCode() == 401) {
            // The token has expired. This can happen at any time, because tests move the clock.
            token = logIn();
            response = send(method, path, body);
        }
        if (response.statusCode() / 100 != 2) {
            throw new AdminApiException(method, path, response.statusCode(), response.body());
        }
        return response;
    }

    private HttpResponse<String> send(String method, String path, Object body) {
        HttpRequest.Builder request = Http.request(
                        URI.create(baseUrl + "/admin" + (SERVER_INFO.equals(path) ? "" : "/realms") + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        if (body == null) {
            return Http.send(
                    request.method(method, HttpRequest.BodyPublishers.noBody()).build());
        }
        return Http.send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(write(body)))
                .build());
    }

    private String logIn() {
        Map<String, String> fields = Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                KeycloakRuntime.ADMIN,
                "password",
                KeycloakRuntime.ADMIN);
        String path = "/realms/master/protocol/openid-connect/token";
        HttpResponse<String> response = TokenClient.post(URI.create(baseUrl + path), fields);
        if (response.statusCode() != 200) {
            throw new AdminApiException("POST", path, response.statusCode(), response.body());
        }
        return parse(response.body()).path("access_token").asText();
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
