package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.models.KeycloakSession;

/** {@code CONFIGURE_TOTP}, led to {@code totp-guard-setup}. It extends Keycloak's because Keycloak's form casts to that class. */
public final class SetupEntranceFactory extends UpdateTotp {
    private static final RequiredActionProvider ACTION = ActionEntrance.of(new UpdateTotp(), GuardNames.SETUP_ACTION);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
