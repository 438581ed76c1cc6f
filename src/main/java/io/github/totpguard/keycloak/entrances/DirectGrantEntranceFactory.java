package io.github.totpguard.keycloak.entrances;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.models.KeycloakSession;

/** Redirects {@code direct-grant-validate-otp} to {@code totp-guard-direct-grant}. */
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

    /**
     * True, because Keycloak's flow otherwise refuses users without a device before this step is called. Neither step
     * sets anything up.
     */
    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }
}
