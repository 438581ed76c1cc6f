package io.github.totpguard.keycloak.entrances;

import com.webauthn4j.converter.util.ObjectConverter;
import io.github.totpguard.keycloak.gate.session.RemovalRequest;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Passkeys. The account REST reads this metadata before it removes a passkey, so a forbidden removal is refused here.
 */
final class Passkeys extends WebAuthnPasswordlessCredentialProvider {
    private final KeycloakSession session;

    Passkeys(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
        super(session, metadata, converter);
        this.session = session;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        RemovalRequest.of(session).allows(context.getUser(), getType());
        return super.getCredentialTypeMetadata(context);
    }
}
