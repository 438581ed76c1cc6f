package io.github.totpguard.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Calls the account REST of a realm with a user's token, as the account console does. Paths start below
 * {@code /account}.
 */
public final class AccountApi {

    private final URI realm;
    private final String token;

    /** @param realm address of the realm at the node that receives the calls */
    AccountApi(URI realm, String token) {
        this.realm = realm;
        this.token = token;
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, Map.of());
    }

    HttpResponse<String> delete(String path) {
        return call("DELETE", path, Map.of());
    }

    /** Returns the response with status 204, or with 403 if the user may not remove the credential. */
    public HttpResponse<String> removeCredential(String id) {
        return delete("/credentials/" + id);
    }

    /**
     * The credentials that the user sees, by type.
     *
     * @param query with its question mark, or empty
     */
    public JsonNode credentials(String query) {
        HttpResponse<String> answer = get("/credentials" + query);
        if (answer.statusCode() != 200) {
            throw new AssertionError("no credentials: status " + answer.statusCode());
        }
        return AdminApi.parse(answer.body());
    }

    public HttpResponse<String> call(String method, String path, Map<String, String> headers) {
        HttpRequest.Builder request = Http.request(URI.create(realm + "/account" + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        headers.forEach(request::header);
        return Http.send(
                request.method(method, HttpRequest.BodyPublishers.noBody()).build());
    }
}
