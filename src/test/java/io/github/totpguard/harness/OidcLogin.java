package io.github.totpguard.harness;

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
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The client application's side of one login, with a third-party library: code flow with PKCE. */
public final class OidcLogin {

    private static final int LIMIT_MILLIS = 60_000;
    private static final int USUAL_CLOCK_SKEW_SECONDS = 60;

    private final TestRealm realm;
    private final ClientID client;
    private final URI issuer;
    private final State state = new State();
    private final Nonce nonce = new Nonce();
    private final CodeVerifier verifier = new CodeVerifier();
    private final AuthenticationRequest.Builder request;
    private final CompletableFuture<URI> arrival = CallbackServer.arrival(state.getValue());

    private OidcLogin(TestRealm realm, String client, URI issuer) {
        this.realm = realm;
        this.client = new ClientID(client);
        this.issuer = issuer;
        this.request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid"), this.client, CallbackServer.uri())
                .endpointURI(endpoint("auth"))
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256);
    }

    public static OidcLogin to(TestRealm realm) {
        return toClient(realm, TestRealm.CLIENT);
    }

    /** A login for another public client, which must accept {@link CallbackServer#uri} as redirect URI. */
    public static OidcLogin toClient(TestRealm realm, String client) {
        return new OidcLogin(realm, client, realm.uri());
    }

    /**
     * A login at {@code localhost}: browsers allow WebAuthn for a domain name, but not for an IP address such as
     * 127.0.0.1.
     */
    public static OidcLogin atLocalhost(TestRealm realm) {
        URI uri = realm.uri();
        return new OidcLogin(realm, TestRealm.CLIENT, URI.create("http://localhost:" + uri.getPort() + uri.getPath()));
    }

    /** Adds a parameter to the request: {@code kc_action}, {@code acr_values}, {@code claims}, {@code prompt}, ... */
    public OidcLogin with(String parameter, String value) {
        request.customParameter(parameter, value);
        return this;
    }

    /** The authorization request to which the application sends the browser. */
    public URI uri() {
        return request.build().toURI();
    }

    public URI redirectUri() {
        return CallbackServer.uri();
    }

    public boolean hasArrived() {
        return arrival.isDone();
    }

    /** Waits for the browser and returns the redirect URI that it brought back. */
    URI callback() {
        try {
            return arrival.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("the browser never came back to the application", e);
        }
    }

    /** {@code kc_action_status} of a login that requested a {@code kc_action}. */
    public Optional<String> actionStatus() {
        return parameter("kc_action_status");
    }

    /** The OAuth error code that the browser brought back; empty if there is none. */
    Optional<String> error() {
        AuthenticationResponse response = response();
        return response.indicatesSuccess()
                ? Optional.empty()
                : Optional.of(response.toErrorResponse().getErrorObject().getCode());
    }

    /** Waits for the browser, exchanges the code and validates the ID token. */
    public IDTokenClaimsSet claims() {
        return claims(callback());
    }

    /** Does the same for a redirect that the caller has received. */
    public IDTokenClaimsSet claims(URI callback) {
        try {
            AuthenticationResponse response = parse(callback);
            if (!response.indicatesSuccess()) {
                throw new AssertionError("login ended with "
                        + response.toErrorResponse().getErrorObject().getCode());
            }
            OIDCTokenResponse tokens = exchange(response);
            return validator().validate(tokens.getOIDCTokens().getIDToken(), nonce);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new AssertionError("the ID token is not valid: " + e.getMessage(), e);
        }
    }

    /** Exchanges the code of a redirect that the caller has received for an access token. */
    public String accessToken(URI callback) {
        try {
            return exchange(parse(callback)).getOIDCTokens().getAccessToken().getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new AssertionError("no tokens: " + e.getMessage(), e);
        }
    }

    /** The authentication methods in the ID token. */
    public static List<String> amr(IDTokenClaimsSet claims) {
        return claims.getAMR() == null
                ? List.of()
                : claims.getAMR().stream().map(value -> value.getValue()).toList();
    }

    private OIDCTokenResponse exchange(AuthenticationResponse response) throws IOException, ParseException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                response.toSuccessResponse().getAuthorizationCode(), CallbackServer.uri(), verifier);
        HTTPRequest request = new TokenRequest.Builder(endpoint("token"), client, grant)
                .build()
                .toHTTPRequest();
        request.setConnectTimeout(LIMIT_MILLIS);
        request.setReadTimeout(LIMIT_MILLIS);
        TokenResponse tokens = OIDCTokenResponseParser.parse(request.send());
        if (!tokens.indicatesSuccess()) {
            throw new AssertionError("no tokens: " + tokens.toErrorResponse().toJSONObject());
        }
        return (OIDCTokenResponse) tokens.toSuccessResponse();
    }

    private IDTokenValidator validator() throws IOException {
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(issuer),
                client,
                JWSAlgorithm.RS256,
                endpoint("certs").toURL());
        // The library uses the clock of the tests, but the token has the time of the server's clock.
        validator.setMaxClockSkew(USUAL_CLOCK_SKEW_SECONDS
                + Math.toIntExact(realm.clock().offset().abs().toSeconds()));
        return validator;
    }

    private AuthenticationResponse response() {
        return parse(callback());
    }

    private AuthenticationResponse parse(URI callback) {
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(callback);
            if (!state.equals(response.getState())) {
                throw new AssertionError("the state parameter was changed");
            }
            return response;
        } catch (ParseException e) {
            throw new AssertionError("not an authorization response: " + e.getMessage(), e);
        }
    }

    private Optional<String> parameter(String name) {
        Map<String, List<String>> parameters =
                URLUtils.parseParameters(callback().getRawQuery());
        return Optional.ofNullable(parameters.get(name)).map(values -> values.get(0));
    }

    private URI endpoint(String name) {
        return URI.create(issuer + "/protocol/openid-connect/" + name);
    }
}
