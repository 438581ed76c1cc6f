package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.KeycloakSession;

/** Keycloak's own {@code webauthn-register}, after a proof. */
public final class SecurityKeyEntranceFactory extends WebAuthnRegisterFactory {
    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ProvenRegistration(() -> super.create(session), SecondFactor.SECURITY_KEY);
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
