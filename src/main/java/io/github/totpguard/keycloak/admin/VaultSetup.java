package io.github.totpguard.keycloak.admin;

import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.services.managers.ClientManager;

/** Creates what the vault needs in a realm: the users' role and the page's client. It does not change existing ones. */
final class VaultSetup {
    private final KeycloakSession session;
    private final RealmModel realm;

    VaultSetup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Returns for the role and the client whether it was created now or was present, as text for the response. */
    Map<String, String> run() {
        boolean newRole = realm.getRole(GuardNames.VAULT_ROLE) == null;
        boolean newClient = realm.getClientByClientId(GuardNames.VAULT_CLIENT) == null;
        RoleModel role =
                Optional.ofNullable(realm.getRole(GuardNames.VAULT_ROLE)).orElseGet(this::addRole);
        if (newClient) {
            addClient(role);
        }
        return Map.of("role", word(newRole), "client", word(newClient));
    }

    private static String word(boolean created) {
        return created ? "created" : "present";
    }

    private RoleModel addRole() {
        RoleModel role = realm.addRole(GuardNames.VAULT_ROLE);
        role.setDescription("May keep accounts of other services in the authenticator vault");
        return role;
    }

    private void addClient(RoleModel role) {
        String page = "/realms/" + realm.getName() + "/" + GuardNames.RESOURCE + "/vault";
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(GuardNames.VAULT_CLIENT);
        client.setName("Authenticator vault");
        client.setEnabled(true);
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setPublicClient(true);
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setRootUrl("${authBaseUrl}");
        client.setBaseUrl(page);
        client.setRedirectUris(List.of(page));
        client.setWebOrigins(List.of());
        client.setAttributes(Map.of("pkce.code.challenge.method", "S256", "post.logout.redirect.uris", "+"));
        client.setProtocolMappers(List.of(audience()));
        ClientModel made = ClientManager.createClient(session, realm, client);
        made.addScopeMapping(role);
    }

    /**
     * Adds the vault to the audience of this client's tokens. Other clients that may call the vault need the same
     * mapper.
     */
    private static ProtocolMapperRepresentation audience() {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName("vault audience");
        mapper.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        mapper.setProtocolMapper(AudienceProtocolMapper.PROVIDER_ID);
        mapper.setConfig(Map.of(
                AudienceProtocolMapper.INCLUDED_CLIENT_AUDIENCE,
                GuardNames.VAULT_CLIENT,
                "access.token.claim",
                "true",
                "id.token.claim",
                "false",
                "introspection.token.claim",
                "true"));
        return mapper;
    }
}
