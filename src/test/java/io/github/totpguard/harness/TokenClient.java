package io.github.totpguard.harness;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * A realm's token endpoint, called by the tests' own client with the direct grant. A user's password is the user name,
 * see {@link People}.
 */
public final class TokenClient {

    private static final String PATH = "/protocol/openid-connect/token";

    private final URI realm;

    /** @param realm address of the realm at the node that receives the calls */
    TokenClient(URI realm) {
        this.realm = realm;
    }

    /**
     * Sends a direct grant.
     *
     * @param parameters fields besides name, password and client, or values that replace them
     */
    public HttpResponse<String> grant(String user, Map<String, String> parameters) {
        Map<String, String> form = new HashMap<>(
                Map.of("grant_type", "password", "client_id", TestRealm.CLIENT, "username", user, "password", user));
        form.putAll(parameters);
        return post(URI.create(realm + PATH), form);
    }

    /**
     * Returns an access token by direct grant.
     *
     * @throws AssertionError if there is none
     */
    String accessToken(String user, Map<String, String> parameters) {
        Map<String, String> form = new HashMap<>(Map.of("scope", "openid"));
        form.putAll(parameters);
        return accessToken(grant(user, form));
    }

    /**
     * Returns the access token of a response.
     *
     * @throws AssertionError if there is none
     */
    public static String accessToken(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError("no token: status " + answer.statusCode());
        }
        return AdminApi.parse(answer.body()).path("access_token").asText();
    }

    static HttpResponse<String> post(URI endpoint, Map<String, String> form) {
        return Http.send(Http.request(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(Http.form(form))
                .build());
    }
}
