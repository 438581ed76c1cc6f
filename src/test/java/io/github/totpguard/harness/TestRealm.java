package io.github.totpguard.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** One realm on the running server, and the operations of an administrator on it. */
public final class TestRealm {

    /** The public client of every test realm: PKCE, standard flow, direct grant, {@code amr} in its tokens. */
    public static final String CLIENT = "demo-app";

    private final AdminApi admin;
    private final TestClock clock;
    private final String name;

    public TestRealm(AdminApi admin, TestClock clock, String name) {
        this.admin = admin;
        this.clock = clock;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public AdminApi admin() {
        return admin;
    }

    public TestClock clock() {
        return clock;
    }

    /** {@code /realms/NAME} on the server; also the issuer. */
    public URI uri() {
        return URI.create(admin.baseUrl() + "/realms/" + name);
    }

    /** A path below this realm in the admin API, for calls that have no method here. */
    public String path(String rest) {
        return "/" + name + rest;
    }

    public Flows flows() {
        return new Flows(this);
    }

    public RealmRepresentation settings() {
        return admin.get(path(""), RealmRepresentation.class);
    }

    /**
     * Reads the realm, changes it and writes all of it back: a representation with only the changes would switch the
     * events off.
     */
    public void change(Consumer<RealmRepresentation> change) {
        RealmRepresentation settings = settings();
        change.accept(settings);
        admin.put(path(""), settings);
    }

    void delete() {
        admin.delete(path(""));
    }

    /** Adds a user with a complete profile; the password is the user name. Returns the id. */
    public String addUser(String username) {
        return addUser(People.person(username));
    }

    /** Adds a user from before TOTP Guard, with a TOTP device as Keycloak itself stores it. Returns the id. */
    public String addUserWithPlaintextOtp(String username, String label, String base32Secret) {
        UserRepresentation person = People.person(username);
        person.setCredentials(List.of(People.password(username), People.plaintextOtp(label, base32Secret)));
        return addUser(person);
    }

    public String addUser(UserRepresentation user) {
        return admin.create(path("/users"), user);
    }

    /**
     * Adds a user storage whose users are never imported (ids start with {@code f:}). Each user's name is also the
     * password.
     */
    public void addFederatedUsers(String... usernames) {
        ComponentRepresentation storage = new ComponentRepresentation();
        storage.setName("test users");
        storage.setProviderId("test-users");
        storage.setProviderType("org.keycloak.storage.UserStorageProvider");
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.putSingle("usernames", String.join(",", usernames));
        config.putSingle("cachePolicy", "DEFAULT");
        storage.setConfig(config);
        admin.create(path("/components"), storage);
    }

    public UserRepresentation user(String id) {
        return admin.get(path("/users/" + id), UserRepresentation.class);
    }

    public void changeUser(String id, Consumer<UserRepresentation> change) {
        UserRepresentation user = user(id);
        change.accept(user);
        admin.put(path("/users/" + id), user);
    }

    public void deleteUser(String id) {
        admin.delete(path("/users/" + id));
    }

    public void logOut(String userId) {
        admin.post(path("/users/" + userId + "/logout"), Map.of());
    }

    public List<CredentialRepresentation> credentials(String userId) {
        return admin.get(path("/users/" + userId + "/credentials"), new TypeReference<>() {});
    }

    public List<CredentialRepresentation> credentials(String userId, String type) {
        return credentials(userId).stream()
                .filter(credential -> type.equals(credential.getType()))
                .toList();
    }

    public void deleteCredential(String userId, String credentialId) {
        admin.delete(path("/users/" + userId + "/credentials/" + credentialId));
    }

    /** Registers and enables a required action that the realm does not know yet. */
    public void registerRequiredAction(String providerId, String displayName) {
        admin.post(
                path("/authentication/register-required-action"),
                Map.of("providerId", providerId, "name", displayName));
        enableRequiredAction(providerId, true);
    }

    public void enableRequiredAction(String alias, boolean enabled) {
        ObjectNode action = requiredAction(alias);
        admin.put(path("/authentication/required-actions/" + alias), action.put("enabled", enabled));
    }

    /** New users get this required action. */
    void makeDefaultAction(String alias) {
        ObjectNode action = requiredAction(alias);
        admin.put(path("/authentication/required-actions/" + alias), action.put("defaultAction", true));
    }

    private ObjectNode requiredAction(String alias) {
        return (ObjectNode) admin.get(path("/authentication/required-actions/" + alias));
    }

    /**
     * Replaces the configuration of a required action; the configuration of our set-up action is the realm's policy.
     */
    public void configureRequiredAction(String alias, Map<String, String> config) {
        admin.put(path("/authentication/required-actions/" + alias + "/config"), Map.of("config", config));
    }

    /** The user events, newest first; all types if none is given. */
    public List<EventRepresentation> events(EventType... types) {
        String query = Arrays.stream(types).map(type -> "&type=" + type).collect(Collectors.joining());
        return admin.get(path("/events?max=1000" + query), new TypeReference<>() {});
    }

    public void clearEvents() {
        admin.delete(path("/events"));
    }

    /** An access token for the account API, by direct grant. A user's password is the user name, see {@link People}. */
    public String accessToken(String user, String code) {
        return tokens().accessToken(user, Map.of("otp", code));
    }

    /** The token endpoint. */
    public TokenClient tokens() {
        return new TokenClient(uri());
    }

    /** The token endpoint at one node. */
    public TokenClient tokens(URI node) {
        return new TokenClient(at(node));
    }

    /** The account REST with a user's token. */
    public AccountApi account(String accessToken) {
        return new AccountApi(uri(), accessToken);
    }

    /** The account REST at one node. */
    public AccountApi account(String accessToken, URI node) {
        return new AccountApi(at(node), accessToken);
    }

    private URI at(URI node) {
        return node.resolve("/realms/" + name);
    }
}
