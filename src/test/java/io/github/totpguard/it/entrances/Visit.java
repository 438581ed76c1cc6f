package io.github.totpguard.it.entrances;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AdminApiException;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.TokenClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * One user's conversation with one server. Records the answer of each step: every response with its headers and its
 * page, the claims of the tokens, and the events of the step.
 */
final class Visit {

    static final String USER = "bob";
    /** Marks the step that had no page to start from. */
    static final String STUCK = "the script could not go on";

    static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    /** Headers of the transport or with the time. The length of a page depends on its secrets. */
    private static final Set<String> IGNORED_HEADERS =
            Set.of("date", "content-length", "transfer-encoding", "connection");

    /** Steps of the test provider, which the stock server does not have. */
    private static final Set<String> TEST_STEPS = Set.of("test-lost-device", "test-writing");

    private final TestRealm realm;
    private final Masks masks;
    private final List<NormalAnswer> answers = new ArrayList<>();
    private final PhoneApp phone = PhoneApp.type(SECRET);
    private final TestClock clock = new TestClock();
    private String userId = "";
    private HttpLogin login;
    private String token = "";

    Visit(TestRealm realm) {
        this.realm = realm;
        this.masks = new Masks(realm.admin().baseUrl());
        masks.hide(SECRET);
    }

    List<NormalAnswer> answers() {
        return answers;
    }

    TestRealm realm() {
        return realm;
    }

    // ---- The user ----

    /** Creates the user of this conversation, with a password and other credentials. */
    Visit person(CredentialRepresentation... credentials) {
        return person(person -> {}, credentials);
    }

    Visit person(Consumer<UserRepresentation> change, CredentialRepresentation... credentials) {
        UserRepresentation person = People.person(USER);
        person.setCredentials(Stream.concat(Stream.of(People.password(USER)), Arrays.stream(credentials))
                .toList());
        change.accept(person);
        userId = realm.addUser(person);
        realm.clearEvents();
        return this;
    }

    /** Gives the user a role of the realm. */
    Visit role(String name) {
        JsonNode role = realm.admin().get(realm.path("/roles/" + name));
        realm.admin().post(realm.path("/users/" + userId + "/role-mappings/realm"), List.of(role));
        return this;
    }

    /** Records the final state of the user, then deletes the user. */
    void end() {
        if (userId.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        add(lines, realm.admin().get(realm.path("/users/" + userId)));
        add(lines, realm.admin().get(realm.path("/users/" + userId + "/credentials")));
        answers.add(new NormalAnswer("what is left", lines));
        realm.deleteUser(userId);
    }

    String userId() {
        return userId;
    }

    /** The id of the user's first credential of a type. */
    String credential(String type) {
        return realm.credentials(userId, type).get(0).getId();
    }

    // ---- Codes, made when they are entered ----

    String right() {
        return hidden(phone.codeAt(Instant.now()));
    }

    /** The code of the next step, for a second right code. */
    String next() {
        return hidden(phone.codeAt(Instant.now().plusSeconds(30)));
    }

    String wrong() {
        return phone.wrongCode(clock);
    }

    /** The first group of a pattern on the current page; the value is masked in the record. */
    String onPage(String pattern) {
        return hidden(Pattern.compile(pattern)
                .matcher(login.body())
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + pattern + " on a page of kind " + login.outcome()))
                .group(1));
    }

    private String hidden(String secret) {
        masks.hide(secret);
        return secret;
    }

    // ---- Steps ----

    /** Opens the login page, with request parameters in pairs of name and value. */
    Visit open(String... parameters) {
        return open("the tests' browser", parameters);
    }

    Visit openWith(String userAgent) {
        return open(userAgent, new String[0]);
    }

    private Visit open(String userAgent, String... parameters) {
        OidcLogin request = OidcLogin.to(realm);
        pairs(parameters).forEach(request::with);
        login = HttpLogin.open(request, Map.of(), userAgent, cookie -> {});
        return written("login page");
    }

    Visit password() {
        login.postPassword(USER, USER);
        return written("password");
    }

    Visit otp(String step, String code) {
        return post(step, "otp", "otp", code);
    }

    /** Posts the form on the current page that has the given field, with other fields in pairs of name and value. */
    Visit post(String step, String fieldOfForm, String... fields) {
        login.post(fieldOfForm, pairs(fields));
        return written(step);
    }

    Visit click(String step, String partOfAddress) {
        login.clickLinkTo(partOfAddress);
        return written(step);
    }

    /** Sends a direct grant with the user's password. */
    Visit grant(String step, String... fields) {
        Map<String, String> form = pairs(fields);
        form.put("scope", "openid");
        HttpResponse<String> response = realm.tokens().grant(USER, form);
        List<String> lines = new ArrayList<>();
        addResponse(lines, response);
        if (response.statusCode() == 200) {
            keepToken(lines, TokenClient.accessToken(response));
        }
        return written(step, lines);
    }

    /** Calls the account REST with the token of the last login or grant. */
    Visit account(String step, String method, String path, String... headers) {
        List<String> lines = new ArrayList<>();
        addResponse(lines, realm.account(token).call(method, path, pairs(headers)));
        return written(step, lines);
    }

    /** Calls the admin REST in this realm. */
    Visit admin(String step, String path) {
        return admin(step, path, json -> json);
    }

    /**
     * Reads a list of the admin REST whose order is that of a set. Entries that only our jar or the test provider has
     * are left out.
     */
    Visit adminSet(String step, String path) {
        return admin(step, path, Visit::commonSet);
    }

    private Visit admin(String step, String path, UnaryOperator<JsonNode> change) {
        List<String> lines = new ArrayList<>();
        try {
            add(lines, change.apply(realm.admin().get(realm.path(path))));
        } catch (AdminApiException e) {
            lines.add(masks.mask(e.status() + " " + e.body()));
        }
        return written(step, lines);
    }

    void stuck(AssertionError error) {
        answers.add(new NormalAnswer(STUCK, List.of(masks.mask(error.getMessage()))));
    }

    // ---- Recording ----

    private Visit written(String step) {
        List<String> lines = new ArrayList<>();
        login.hops().forEach(hop -> addResponse(lines, hop));
        if (login.outcome() == Outcome.LOGGED_IN) {
            keepToken(lines, login.login().accessToken(login.callback()));
        }
        return written(step, lines);
    }

    private Visit written(String step, List<String> lines) {
        lines.add("events");
        events().forEach(event -> add(lines, event));
        answers.add(new NormalAnswer(step, List.copyOf(lines)));
        return this;
    }

    /** The events of one step, sorted by their text, because several may be stored in the same millisecond. */
    private List<JsonNode> events() {
        JsonNode events = realm.admin().get(realm.path("/events?max=100"));
        if (!events.isEmpty()) {
            realm.clearEvents();
        }
        return StreamSupport.stream(events.spliterator(), false)
                .map(event -> (JsonNode) ((ObjectNode) event).remove(List.of("id", "time")))
                .sorted(Comparator.comparing(
                        event -> Masks.withoutIds(sorted(event).toString())))
                .toList();
    }

    private void addResponse(List<String> lines, HttpResponse<String> response) {
        lines.add(response.request().method() + " answered " + response.statusCode());
        response.headers().map().forEach((name, values) -> {
            if (!IGNORED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> lines.add(masks.mask(name + ": " + value)));
            }
        });
        masks.mask(response.body()).lines().forEach(lines::add);
    }

    private void add(List<String> lines, JsonNode json) {
        masks.mask(sorted(json).toPrettyString()).lines().forEach(lines::add);
    }

    private void keepToken(List<String> lines, String accessToken) {
        token = accessToken;
        byte[] claims = Base64.getUrlDecoder().decode(accessToken.split("\\.")[1]);
        lines.add("claims");
        add(lines, AdminApi.parse(new String(claims, StandardCharsets.UTF_8)));
    }

    /** Sorts fields by name, because Keycloak's order of some maps is that of their hashes. */
    private static JsonNode sorted(JsonNode json) {
        if (json.isArray()) {
            ArrayNode array = AdminApi.JSON.createArrayNode();
            json.forEach(element -> array.add(sorted(element)));
            return array;
        }
        if (!json.isObject()) {
            return json;
        }
        Map<String, JsonNode> fields = new TreeMap<>();
        json.properties().forEach(field -> {
            boolean isSet = "roles".equals(field.getKey());
            fields.put(field.getKey(), isSet ? sortedSet(field.getValue()) : sorted(field.getValue()));
        });
        ObjectNode object = AdminApi.JSON.createObjectNode();
        fields.forEach(object::set);
        return object;
    }

    private static JsonNode commonSet(JsonNode list) {
        ArrayNode common = AdminApi.JSON.createArrayNode();
        StreamSupport.stream(list.spliterator(), false)
                .filter(element -> !element.toString().contains("\"totp-guard-")
                        && TEST_STEPS.stream()
                                .noneMatch(step -> element.toString().contains("\"" + step + "\"")))
                .forEach(common::add);
        return sortedSet(common);
    }

    private static JsonNode sortedSet(JsonNode list) {
        ArrayNode array = AdminApi.JSON.createArrayNode();
        StreamSupport.stream(list.spliterator(), false)
                .map(Visit::sorted)
                .sorted(Comparator.comparing(JsonNode::toString))
                .forEach(array::add);
        return array;
    }

    private static Map<String, String> pairs(String... namesAndValues) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pairs;
    }
}
