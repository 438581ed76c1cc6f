package io.github.totpguard.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The vault's REST as a user's program calls it. Responses may contain codes and must not appear in messages. */
public final class VaultApi {
    static final String ROLE = "totp-vault";
    public static final String CLIENT = "totp-guard-vault";
    public static final String ORIGIN = "https://app.example.org";

    private final TestRealm realm;
    private final URI base;
    private final Map<String, String> headers = new TreeMap<>();

    private VaultApi(TestRealm realm) {
        this(realm, realm.uri());
    }

    private VaultApi(TestRealm realm, URI base) {
        this.realm = realm;
        this.base = base;
    }

    /** A realm with the vault enabled, where the tests' client may call the vault from its own origin. */
    public static Realms.Builder realm(Realms.Builder builder) {
        return builder.settings(VaultApi::letCall)
                .then(realm -> realm.admin().post(realm.path("/totp-guard/setup"), Map.of()))
                .policy("vaultEnabled", true);
    }

    /** A realm with the vault, where the login does not demand a second factor. */
    public static Realms.Builder withoutSecondFactor(Realms realms) {
        return realm(realms.plain("vault")
                .then(realm -> realm.registerRequiredAction(Realms.SETUP_ACTION, "Set up an authenticator")));
    }

    private static void letCall(RealmRepresentation settings) {
        ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
        audience.setName("vault");
        audience.setProtocol("openid-connect");
        audience.setProtocolMapper("oidc-audience-mapper");
        audience.setConfig(Map.of("included.custom.audience", CLIENT, "access.token.claim", "true"));
        settings.getClients().forEach(client -> {
            client.setWebOrigins(List.of(ORIGIN));
            client.setProtocolMappers(new ArrayList<>(client.getProtocolMappers()));
            client.getProtocolMappers().add(audience);
        });
    }

    /** Adds a user who may use the vault; returns the id. */
    public static String addUser(TestRealm realm, String username) {
        String id = realm.addUser(username);
        giveRole(realm, id);
        return id;
    }

    public static void giveRole(TestRealm realm, String userId) {
        JsonNode role = realm.admin().get(realm.path("/roles/" + ROLE));
        realm.admin().post(realm.path("/users/" + userId + "/role-mappings/realm"), List.of(role));
    }

    public static VaultApi withoutToken(TestRealm realm) {
        return new VaultApi(realm);
    }

    public static VaultApi withToken(TestRealm realm, String token) {
        return new VaultApi(realm).header("Authorization", "Bearer " + token);
    }

    /** Calls with a token that was issued for the password alone; the password is the user name. */
    public static VaultApi withPassword(TestRealm realm, String username) {
        return withToken(realm, passwordToken(realm, username));
    }

    public static String passwordToken(TestRealm realm, String username) {
        return realm.tokens().accessToken(username, Map.of());
    }

    /** The id of the user to whom the token belongs. */
    public static String subject(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return AdminApi.parse(new String(claims, StandardCharsets.UTF_8))
                .path("sub")
                .asText();
    }

    /** A copy that also sends this header. */
    public VaultApi header(String name, String value) {
        VaultApi more = new VaultApi(realm, base);
        more.headers.putAll(headers);
        more.headers.put(name, value);
        return more;
    }

    /** A copy for the same user at this node. */
    public VaultApi through(URI node) {
        VaultApi there = new VaultApi(realm, node.resolve("/realms/" + realm.name()));
        there.headers.putAll(headers);
        return there;
    }

    public HttpResponse<String> get(String path) {
        return call("GET", path, null);
    }

    public HttpResponse<String> post(String path, Object body) {
        return call("POST", path, json(body));
    }

    public HttpResponse<String> patch(String path, Object body) {
        return call("PATCH", path, json(body));
    }

    public HttpResponse<String> delete(String path) {
        return call("DELETE", path, null);
    }

    public HttpResponse<String> call(String method, String path, String body) {
        HttpRequest.Builder request = Http.request(URI.create(base + "/totp-guard/" + path));
        headers.forEach(request::header);
        if (body == null) {
            return Http.send(
                    request.method(method, HttpRequest.BodyPublishers.noBody()).build());
        }
        return Http.send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Stores an account and returns its id. */
    public String add(String uri) {
        HttpResponse<String> answer = post("accounts", Map.of("uri", uri));
        if (answer.statusCode() != 201) {
            throw new AssertionError("not stored: " + answer.statusCode() + " " + answer.body());
        }
        return body(answer).path("secretName").asText();
    }

    /** The current code of an account. */
    public String code(String id) {
        HttpResponse<String> answer = get("tokens?id=" + id);
        if (answer.statusCode() != 200) {
            throw new AssertionError("no code: " + answer.statusCode());
        }
        return body(answer).path("token").asText();
    }

    public JsonNode list(String query) {
        return body(get("accounts" + query));
    }

    /** The ids of the listed accounts, in the order of the list. */
    public List<String> ids() {
        return list("").path("accounts").findValuesAsText("id");
    }

    public static JsonNode body(HttpResponse<String> answer) {
        return AdminApi.parse(answer.body());
    }

    public static String error(HttpResponse<String> answer) {
        return answer.statusCode() + " " + body(answer).path("error").asText();
    }

    public static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    public static String tokens(String... ids) {
        return Arrays.stream(ids).map(id -> "id=" + id).collect(Collectors.joining("&", "tokens?", ""));
    }

    private static String json(Object body) {
        try {
            return AdminApi.JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
