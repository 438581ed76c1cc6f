package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.models.KeycloakSession;

/**
 * Redirects {@code CONFIGURE_TOTP} to {@code totp-guard-setup}. It extends Keycloak's class because Keycloak's form
 * casts to it.
 */
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
