package io.github.totpguard.keycloak.entrances;

import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.models.KeycloakSession;

/**
 * Takes the place of Keycloak's required action {@code CONFIGURE_TOTP}: the same id, a higher order. It extends
 * Keycloak's because Keycloak's form casts to that class.
 */
public final class ConfigureOtpFactory extends UpdateTotp {
    private static final int BEFORE_KEYCLOAKS_OWN = 100;
    private static final RequiredActionProvider ACTION = new ConfigureOtp(new UpdateTotp());

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS_OWN;
    }
}
