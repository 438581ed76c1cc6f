package io.github.totpguard.testprovider;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.UserStorageProviderFactory;

/** Users in an external storage that are never imported, so their ids start with {@code f:}. */
public final class TestUsersFactory implements UserStorageProviderFactory<TestUsers> {

    static final String USERNAMES = "usernames";

    @Override
    public String getId() {
        return "test-users";
    }

    @Override
    public TestUsers create(KeycloakSession session, ComponentModel component) {
        return new TestUsers(session, component);
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        ProviderConfigProperty usernames = new ProviderConfigProperty();
        usernames.setName(USERNAMES);
        usernames.setLabel("User names");
        usernames.setType(ProviderConfigProperty.STRING_TYPE);
        usernames.setHelpText("Separated by commas; each password is the user name");
        return List.of(usernames);
    }
}
