package io.github.totpguard.keycloak.entrances;

import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** The provider of passkeys under Keycloak's id: Keycloak's own provider with a rule for removals. */
public final class PasskeyProviderFactory extends WebAuthnPasswordlessCredentialProviderFactory {
    @Override
    @SuppressWarnings("rawtypes") // as Keycloak declares it
    public CredentialProvider create(KeycloakSession session) {
        return new Passkeys(session, getMetadataService(), createOrGetObjectConverter());
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
