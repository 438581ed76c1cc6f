package io.github.totpguard.keycloak.entrances;

import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.ConditionalOtpFormAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Redirects {@code auth-conditional-otp-form} to {@code totp-guard-form} after its conditions. */
public final class ConditionalOtpFormEntranceFactory extends ConditionalOtpFormAuthenticatorFactory {
    private static final Authenticator STEP = new ConditionalOtpFormEntrance();

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
