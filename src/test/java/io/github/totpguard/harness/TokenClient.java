package io.github.totpguard.harness;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * A realm's token endpoint, as the tests' own client calls it: the direct grant. A person's password is the name, see
 * {@link People}.
 */
public final class TokenClient {

    private static final String PATH = "/protocol/openid-connect/token";

    private final URI realm;

    /** @param realm address of the realm, at the node that is to answer */
    TokenClient(URI realm) {
        this.realm = realm;
    }

    /**
     * The direct grant.
     *
     * @param parameters what is sent besides name, password and client, or in place of them
     */
    public HttpResponse<String> grant(String user, Map<String, String> parameters) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "password",
                "client_id", TestRealm.CLIENT,
                "username", user,
                "password", user));
        form.putAll(parameters);
        return post(URI.create(realm + PATH), form);
    }

    /**
     * An access token by the direct grant.
     *
     * @throws AssertionError if there is none
     */
    String accessToken(String user, Map<String, String> parameters) {
        Map<String, String> form = new HashMap<>(Map.of("scope", "openid"));
        form.putAll(parameters);
        return accessToken(grant(user, form));
    }

    /**
     * The access token of an answer.
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
