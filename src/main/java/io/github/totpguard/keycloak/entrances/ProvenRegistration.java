package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.FactorProof;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.WebAuthnRegister;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's registration of a key. Being a {@link CredentialRegistrator} binds it to the step-up level of that key. */
final class ProvenRegistration extends ProvenAction implements CredentialRegistrator {
    private final WebAuthnRegister keycloaks;

    ProvenRegistration(WebAuthnRegister keycloaks, SecondFactor key) {
        super(keycloaks, FactorProof.For.KEY, context -> !isSkipped(context, key));
        this.keycloaks = keycloaks;
    }

    /** An application may ask for a key only from users without one; for the others nothing happens, so nothing is proved. */
    private static boolean isSkipped(RequiredActionContext context, SecondFactor key) {
        return Constants.KC_ACTION_PARAMETER_SKIP_IF_EXISTS.equals(
                        context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER))
                && UserFactors.of(context.getUser()).has(key)
                && context.getHttpRequest().getDecodedFormParameters().isEmpty();
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return keycloaks.getCredentialType(session, authentication);
    }
}
