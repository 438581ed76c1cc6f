package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.models.KeycloakSession;

/** Keycloak's own {@code webauthn-register-passwordless}, after a proof. */
public final class PasskeyEntranceFactory extends WebAuthnPasswordlessRegisterFactory {
    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ProvenRegistration(() -> super.create(session), SecondFactor.PASSKEY);
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
