package io.github.totpguard.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** One login of the application: OpenID Connect, code flow with PKCE. */
final class SignIn {

    private static final int LIMIT_MILLIS = 60_000;

    private final DemoSettings settings;
    private final ClientID client;
    private final State state = new State();
    private final Nonce nonce = new Nonce();
    private final CodeVerifier verifier = new CodeVerifier();
    private final URI uri;

    /** @param parameters more parameters of the request, such as {@code acr_values} */
    SignIn(DemoSettings settings, String client, Map<String, String> parameters) {
        this.settings = settings;
        this.client = new ClientID(client);
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile", "email"), this.client, redirectUri())
                .endpointURI(endpoint("auth"))
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256);
        parameters.forEach((name, value) -> request.customParameter(name, value));
        this.uri = request.build().toURI();
    }

    /** Where the browser goes. */
    URI uri() {
        return uri;
    }

    /**
     * Exchanges the code that the browser brought back, and checks the ID token.
     *
     * @throws SignInException if there is no valid ID token, with the reason
     */
    SignedIn complete(URI callback) {
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(callback);
            if (!state.equals(response.getState())) {
                throw new SignInException("This answer belongs to another login.");
            }
            if (!response.indicatesSuccess()) {
                throw new SignInException("The login ended with “"
                        + response.toErrorResponse().getErrorObject().getCode() + "”.");
            }
            AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                    response.toSuccessResponse().getAuthorizationCode(), redirectUri(), verifier);
            HTTPRequest request = new TokenRequest.Builder(endpoint("token"), client, grant)
                    .build()
                    .toHTTPRequest();
            request.setConnectTimeout(LIMIT_MILLIS);
            request.setReadTimeout(LIMIT_MILLIS);
            TokenResponse tokens = OIDCTokenResponseParser.parse(request.send());
            if (!tokens.indicatesSuccess()) {
                throw new SignInException("The token endpoint refused the code.");
            }
            OIDCTokenResponse success = (OIDCTokenResponse) tokens.toSuccessResponse();
            IDTokenValidator validator = new IDTokenValidator(
                    new Issuer(settings.realmUri()),
                    client,
                    JWSAlgorithm.RS256,
                    endpoint("certs").toURL());
            IDTokenClaimsSet claims = validator.validate(success.getOIDCTokens().getIDToken(), nonce);
            return new SignedIn(
                    success.getOIDCTokens().getIDTokenString(),
                    claims.toJSONObject(),
                    parameter(callback, "kc_action_status"));
        } catch (IOException e) {
            throw new SignInException("Keycloak does not answer.", e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new SignInException("Keycloak's answer is not valid: " + e.getMessage(), e);
        }
    }

    /** Where the browser goes to end its session in Keycloak. */
    static URI signOut(DemoSettings settings, SignedIn signedIn) {
        return URI.create(settings.realmUri() + "/protocol/openid-connect/logout?id_token_hint="
                + KeycloakClient.encode(signedIn.idToken()) + "&post_logout_redirect_uri="
                + KeycloakClient.encode(settings.site() + "/app"));
    }

    private URI redirectUri() {
        return URI.create(settings.site() + ApplicationPage.CALLBACK);
    }

    private URI endpoint(String name) {
        return URI.create(settings.realmUri() + "/protocol/openid-connect/" + name);
    }

    private static Optional<String> parameter(URI callback, String name) {
        return Optional.ofNullable(
                Visit.decode(String.valueOf(callback.getRawQuery())).get(name));
    }

    /**
     * A login that has succeeded.
     *
     * @param claims the claims of the ID token
     * @param actionStatus how the action ended that the application asked for; empty if it asked for none
     */
    record SignedIn(String idToken, Map<String, Object> claims, Optional<String> actionStatus) {}

    /** A login that has failed. The message says why, for a page. */
    static final class SignInException extends RuntimeException {

        SignInException(String message) {
            super(message);
        }

        SignInException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
