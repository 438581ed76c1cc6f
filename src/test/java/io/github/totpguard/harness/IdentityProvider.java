package io.github.totpguard.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** A second realm that is an OpenID Connect identity provider of a first one, under the alias {@link #ALIAS}. */
public final class IdentityProvider {

    public static final String ALIAS = "partner";

    private static final String ACCOUNT_CONSOLE = "account-console";

    private final TestRealm realm;
    private final TestRealm partner;

    private IdentityProvider(TestRealm realm, TestRealm partner) {
        this.realm = realm;
        this.partner = partner;
    }

    /** Creates the second realm, and its client for the first one. The first realm trusts its e-mail addresses. */
    public static IdentityProvider of(TestRealm realm, Realms realms) {
        // Keycloak calls the second realm at the address that the tests use.
        MailServer.requireReach();
        TestRealm partner = realms.plain("partner").create();
        String secret = UUID.randomUUID().toString();
        partner.admin().create(partner.path("/clients"), client(realm, secret));
        realm.admin().create(realm.path("/identity-provider/instances"), provider(partner, realm.name(), secret));
        allowTestsAsAccountConsole(realm);
        return new IdentityProvider(realm, partner);
    }

    /** The second realm. */
    public TestRealm partner() {
        return partner;
    }

    /**
     * Adds a user to the second realm; the password is the user name. Returns the link with which a user of the first
     * realm can be created.
     */
    public FederatedIdentityRepresentation addUser(String username) {
        FederatedIdentityRepresentation identity = new FederatedIdentityRepresentation();
        identity.setIdentityProvider(ALIAS);
        identity.setUserId(partner.addUser(username));
        identity.setUserName(username);
        return identity;
    }

    /** The identity provider links of a user of the first realm. */
    public List<FederatedIdentityRepresentation> links(String userId) {
        return realm.admin().get(realm.path("/users/" + userId + "/federated-identity"), new TypeReference<>() {});
    }

    public void change(Consumer<IdentityProviderRepresentation> change) {
        String path = realm.path("/identity-provider/instances/" + ALIAS);
        IdentityProviderRepresentation settings = realm.admin().get(path, IdentityProviderRepresentation.class);
        change.accept(settings);
        realm.admin().put(path, settings);
    }

    /** A login at the first realm that redirects directly to the password page of the second realm. */
    public OidcLogin login() {
        return OidcLogin.to(realm).with("kc_idp_hint", ALIAS);
    }

    /** A login at the first realm that links the user afterwards, at the page {@code link-idp-action.ftl}. */
    public OidcLogin linking() {
        return OidcLogin.to(realm).with("kc_action", "idp_link:" + ALIAS);
    }

    /** Confirms the page {@code link-idp-action.ftl}, which leads to the password page of the second realm. */
    public static HttpLogin.Outcome confirmLinking(HttpLogin login) {
        return login.post("continue", Map.of("continue", ""));
    }

    /** A login at the account console. Its token and its browser are used for {@link #linkOfAccount}. */
    public OidcLogin accountLogin() {
        return OidcLogin.toClient(realm, ACCOUNT_CONSOLE);
    }

    /**
     * Asks the account REST for the address that links the user, {@code accountLinkUri} in the response; deprecated in
     * 26.7.
     */
    public HttpResponse<String> linkOfAccount(String accessToken) {
        return realm.account(accessToken).get("/linked-accounts/" + ALIAS + "?redirectUri=" + Http.encode(callback()));
    }

    /**
     * The address to which the application sends the browser of its session to link the user; deprecated in 26.7.
     *
     * @param sessionId claim {@code sid} of a token that the application has received
     */
    public URI legacyLink(String sessionId) {
        String nonce = UUID.randomUUID().toString();
        String hash = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256(nonce + sessionId + TestRealm.CLIENT + ALIAS));
        return URI.create(realm.uri() + "/broker/" + ALIAS + "/link?client_id=" + TestRealm.CLIENT + "&nonce=" + nonce
                + "&hash=" + hash + "&redirect_uri=" + Http.encode(callback()));
    }

    private static void allowTestsAsAccountConsole(TestRealm realm) {
        List<ClientRepresentation> found =
                realm.admin().get(realm.path("/clients?clientId=" + ACCOUNT_CONSOLE), new TypeReference<>() {});
        ClientRepresentation console = found.get(0);
        console.setRedirectUris(List.of(callback()));
        realm.admin().put(realm.path("/clients/" + console.getId()), console);
    }

    private static ClientRepresentation client(TestRealm realm, String secret) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(realm.name());
        client.setSecret(secret);
        client.setEnabled(true);
        client.setStandardFlowEnabled(true);
        client.setRedirectUris(List.of(realm.uri() + "/broker/" + ALIAS + "/endpoint"));
        return client;
    }

    private static IdentityProviderRepresentation provider(TestRealm partner, String clientId, String secret) {
        String endpoints = partner.uri() + "/protocol/openid-connect/";
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(ALIAS);
        provider.setProviderId("keycloak-oidc");
        provider.setEnabled(true);
        provider.setTrustEmail(true);
        provider.setConfig(Map.of(
                "issuer",
                partner.uri().toString(),
                "authorizationUrl",
                endpoints + "auth",
                "tokenUrl",
                endpoints + "token",
                "jwksUrl",
                endpoints + "certs",
                "useJwksUrl",
                "true",
                "validateSignature",
                "true",
                "clientId",
                clientId,
                "clientSecret",
                secret,
                "clientAuthMethod",
                "client_secret_post",
                "defaultScope",
                "openid profile email"));
        return provider;
    }

    private static String callback() {
        return CallbackServer.uri().toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
