package io.github.totpguard.keycloak.entrances;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.models.KeycloakSession;

/** {@code direct-grant-validate-otp}, led to {@code totp-guard-direct-grant}. */
public final class DirectGrantEntranceFactory extends ValidateOTP {
    private static final Authenticator STEP = new DirectGrantEntrance(new ValidateOTP());

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }

    /** Otherwise Keycloak's flow refuses users without a device before the entrance is asked. It sets nothing up either way. */
    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }
}
