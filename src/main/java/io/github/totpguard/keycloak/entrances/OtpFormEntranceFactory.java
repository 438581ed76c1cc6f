package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Redirects {@code auth-otp-form} to {@code totp-guard-form}. */
public final class OtpFormEntranceFactory extends OTPFormAuthenticatorFactory {
    private static final Authenticator STEP =
            StepEntrance.of(new OTPFormAuthenticator(), GuardNames.FORM_AUTHENTICATOR);

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Entrances.optionalCategories(session, super.getOptionalReferenceCategories(session));
    }
}
