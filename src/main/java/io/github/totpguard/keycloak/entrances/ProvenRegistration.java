package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.FactorProof;
import java.util.function.Supplier;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnRegister;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's registration of a key, after a proof. Because this is a {@link CredentialRegistrator}, Keycloak binds it
 * to the step-up level of that key. Keycloak's own action reads the server's trust store when it is created. Where
 * TOTP Guard is on, it is therefore created when the action is shown or described, not at the end of every login.
 */
final class ProvenRegistration implements RequiredActionProvider, CredentialRegistrator {
    private final Supplier<RequiredActionProvider> creation;
    private final SecondFactor key;
    private WebAuthnRegister created;

    /** @param creation creates Keycloak's own action, a {@link WebAuthnRegister} */
    ProvenRegistration(Supplier<RequiredActionProvider> creation, SecondFactor key) {
        this.creation = creation;
        this.key = key;
    }

    /** Keycloak calls this at every login, and its own action does nothing here. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        if (!Entrances.leadToOurs(context.getSession())) {
            keycloaks().evaluateTriggers(context);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        proven().requiredActionChallenge(context);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        proven().processAction(context);
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return keycloaks().initiatedActionSupport();
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authentication) {
        keycloaks().initiatedActionCanceled(session, authentication);
    }

    @Override
    public int getMaxAuthAge(KeycloakSession session) {
        return keycloaks().getMaxAuthAge(session);
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return keycloaks().getCredentialType(session, authentication);
    }

    @Override
    public void close() {
        // Keycloak's own action has no resources to close.
    }

    private ProvenAction proven() {
        return new ProvenAction(keycloaks(), FactorProof.For.KEY, context -> !isSkipped(context));
    }

    private WebAuthnRegister keycloaks() {
        if (created == null) {
            created = (WebAuthnRegister) creation.get();
        }
        return created;
    }

    /**
     * Whether Keycloak skips the registration: an application may request a key only from users without one. If the
     * user has one, nothing is changed, so no proof is needed.
     */
    private boolean isSkipped(RequiredActionContext context) {
        return Constants.KC_ACTION_PARAMETER_SKIP_IF_EXISTS.equals(
                        context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER))
                && UserFactors.of(context.getUser()).has(key)
                && context.getHttpRequest().getDecodedFormParameters().isEmpty();
    }
}
