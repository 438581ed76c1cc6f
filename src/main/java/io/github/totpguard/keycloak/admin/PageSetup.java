package io.github.totpguard.keycloak.admin;

import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** Creates what the users' pages need in a realm: their clients, and the vault's role. It does not change existing ones. */
final class PageSetup {
    private final KeycloakSession session;
    private final RealmModel realm;

    PageSetup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Both pages, because the vault's page links to the account page. Returns for the role and each client whether it
     * was created now or was present, as text for the response.
     */
    Map<String, String> vault() {
        boolean newRole = realm.getRole(GuardNames.VAULT_ROLE) == null;
        boolean newClient = !PageClient.VAULT.isIn(realm);
        RoleModel role =
                Optional.ofNullable(realm.getRole(GuardNames.VAULT_ROLE)).orElseGet(this::addRole);
        if (newClient) {
            ClientModel made = PageClient.VAULT.addTo(session, realm);
            made.addScopeMapping(role);
        }
        return Map.of("role", word(newRole), "client", word(newClient), "account", account());
    }

    /** The account page only. Returns whether its client was created now or was present. */
    String account() {
        boolean newClient = !PageClient.ACCOUNT.isIn(realm);
        if (newClient) {
            PageClient.ACCOUNT.addTo(session, realm);
        }
        return word(newClient);
    }

    private static String word(boolean created) {
        return created ? "created" : "present";
    }

    private RoleModel addRole() {
        RoleModel role = realm.addRole(GuardNames.VAULT_ROLE);
        role.setDescription("May keep accounts of other services in the authenticator vault");
        return role;
    }
}
