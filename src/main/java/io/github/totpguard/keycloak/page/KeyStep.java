package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticator;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Keycloak's own steps for security keys and passkeys, for our pages that also accept a key. */
public final class KeyStep {
    private KeyStep() {}

    /** @param key a factor with {@link SecondFactor#isKey()} */
    public static WebAuthnAuthenticator of(KeycloakSession session, SecondFactor key) {
        return (WebAuthnAuthenticator) session.getProvider(Authenticator.class, id(key));
    }

    static String id(SecondFactor key) {
        return key == SecondFactor.PASSKEY
                ? WebAuthnPasswordlessAuthenticatorFactory.PROVIDER_ID
                : WebAuthnAuthenticatorFactory.PROVIDER_ID;
    }

    /** Whether the form contains the result of a WebAuthn login. The form of a registration has no such field. */
    public static boolean isAnswer(MultivaluedMap<String, String> form) {
        return form.containsKey(WebAuthnConstants.AUTHENTICATOR_DATA);
    }
}
