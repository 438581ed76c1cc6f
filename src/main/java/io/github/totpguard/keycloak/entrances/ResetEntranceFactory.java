package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetOTP;
import org.keycloak.models.KeycloakSession;

/** Redirects {@code reset-otp} to {@code totp-guard-reset}. */
public final class ResetEntranceFactory extends ResetOTP {
    private static final Authenticator STEP = StepEntrance.of(new ResetOTP(), GuardNames.RESET_AUTHENTICATOR);

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
