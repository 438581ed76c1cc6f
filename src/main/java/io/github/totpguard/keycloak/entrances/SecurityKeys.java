package io.github.totpguard.keycloak.entrances;

import com.webauthn4j.converter.util.ObjectConverter;
import io.github.totpguard.keycloak.gate.session.RemovalRequest;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.WebAuthnCredentialProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Security keys. The account REST reads this metadata before it removes a key, so a forbidden removal is refused here.
 */
final class SecurityKeys extends WebAuthnCredentialProvider {
    private final KeycloakSession session;

    SecurityKeys(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
        super(session, metadata, converter);
        this.session = session;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        RemovalRequest.of(session).allows(context.getUser(), getType());
        return super.getCredentialTypeMetadata(context);
    }
}
