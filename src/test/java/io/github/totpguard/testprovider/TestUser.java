package io.github.totpguard.testprovider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;

/** A user with a complete profile (names, e-mail), so that Keycloak does not ask for a profile update. */
final class TestUser extends AbstractUserAdapterFederatedStorage {

    private final String username;

    TestUser(KeycloakSession session, RealmModel realm, ComponentModel component, String username) {
        super(session, realm, component);
        this.username = username;
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public void setUsername(String username) {
        throw new UnsupportedOperationException("test users are read-only");
    }

    @Override
    public Map<String, List<String>> getAttributes() {
        Map<String, List<String>> attributes = new HashMap<>(super.getAttributes());
        attributes.put(UserModel.EMAIL, List.of(username + "@example.org"));
        attributes.put(UserModel.FIRST_NAME, List.of(username));
        attributes.put(UserModel.LAST_NAME, List.of("Federated"));
        return attributes;
    }

    @Override
    public Stream<String> getAttributeStream(String name) {
        return getAttributes().getOrDefault(name, List.of()).stream();
    }

    @Override
    public String getFirstAttribute(String name) {
        return getAttributeStream(name).findFirst().orElse(null);
    }
}
