package io.github.totpguard.keycloak.admin;

import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.services.managers.ClientManager;

/**
 * The public client of one of the users' pages. Its base URL is the page, so the account console lists it under
 * "Applications": always, or while the user has a session with it.
 *
 * @param id the client's id, and the audience of its tokens
 * @param name the name that the account console shows
 * @param path the last segment of the page's path
 * @param mapper the name of the audience mapper
 * @param forEveryUser whether every user may open the page
 */
record PageClient(String id, String name, String path, String mapper, boolean forEveryUser) {
    static final PageClient VAULT =
            new PageClient(GuardNames.VAULT_CLIENT, "Authenticator vault", "vault", "vault audience", false);

    static final PageClient ACCOUNT =
            new PageClient(GuardNames.ACCOUNT_CLIENT, "Second factors", "account", "second factors audience", true);

    boolean isIn(RealmModel realm) {
        return realm.getClientByClientId(id) != null;
    }

    ClientModel addTo(KeycloakSession session, RealmModel realm) {
        String page = "/realms/" + realm.getName() + "/" + GuardNames.RESOURCE + "/" + path;
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(id);
        client.setName(name);
        client.setEnabled(true);
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setPublicClient(true);
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setAlwaysDisplayInConsole(forEveryUser);
        client.setRootUrl("${authBaseUrl}");
        client.setBaseUrl(page);
        client.setRedirectUris(List.of(page));
        client.setWebOrigins(List.of());
        client.setAttributes(Map.of("pkce.code.challenge.method", "S256", "post.logout.redirect.uris", "+"));
        client.setProtocolMappers(List.of(audience()));
        return ClientManager.createClient(session, realm, client);
    }

    /**
     * Adds the client itself to the audience of its tokens. Other clients that may call the page's REST need the same
     * mapper.
     */
    private ProtocolMapperRepresentation audience() {
        ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
        audience.setName(mapper);
        audience.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        audience.setProtocolMapper(AudienceProtocolMapper.PROVIDER_ID);
        audience.setConfig(Map.of(
                AudienceProtocolMapper.INCLUDED_CLIENT_AUDIENCE,
                id,
                "access.token.claim",
                "true",
                "id.token.claim",
                "false",
                "introspection.token.claim",
                "true"));
        return audience;
    }
}
