package io.github.totpguard.keycloak.entrances;

import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.WebAuthnCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** The provider of security keys under Keycloak's id: Keycloak's own provider with a rule for removals. */
public final class SecurityKeyProviderFactory extends WebAuthnCredentialProviderFactory {
    @Override
    @SuppressWarnings("rawtypes") // as Keycloak declares it
    public CredentialProvider create(KeycloakSession session) {
        return new SecurityKeys(session, getMetadataService(), createOrGetObjectConverter());
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
