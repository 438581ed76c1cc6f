package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.authenticators.browser.ConditionalOtpFormAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's conditional OTP form. Its conditions decide whether a code is required, and TOTP Guard's form asks for it.
 */
final class ConditionalOtpFormEntrance extends ConditionalOtpFormAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        super.authenticate(context);
        if (Entrances.leadToOurs(context.getSession()) && context.getStatus() == FlowStatus.CHALLENGE) {
            ours(context.getSession()).authenticate(context);
        }
    }

    /** Keycloak calls this if its conditions require a code. TOTP Guard's own page replaces this response. */
    @Override
    protected Response challenge(AuthenticationFlowContext context, String error) {
        return Entrances.leadToOurs(context.getSession())
                ? Response.noContent().build()
                : super.challenge(context, error);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (Entrances.leadToOurs(context.getSession())) {
            ours(context.getSession()).action(context);
        } else {
            super.action(context);
        }
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return Entrances.leadToOurs(session)
                ? ours(session).configuredFor(session, realm, user)
                : super.configuredFor(session, realm, user);
    }

    /** Keycloak's conditions decide whether set-up is required. */
    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        super.setRequiredActions(session, realm, user);
        AuthenticationSessionModel authentication = session.getContext().getAuthenticationSession();
        if (Entrances.leadToOurs(session)
                && authentication.getRequiredActions().contains(GuardNames.KEYCLOAKS_SETUP_ACTION)) {
            authentication.removeRequiredAction(GuardNames.KEYCLOAKS_SETUP_ACTION);
            ours(session).setRequiredActions(session, realm, user);
        }
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return Entrances.leadToOurs(session)
                ? ours(session).getRequiredActions(session)
                : super.getRequiredActions(session);
    }

    @Override
    public String getType(KeycloakSession session) {
        return Entrances.leadToOurs(session)
                ? ((CredentialValidator<?>) ours(session)).getType(session)
                : super.getType(session);
    }

    private static Authenticator ours(KeycloakSession session) {
        return session.getProvider(Authenticator.class, GuardNames.FORM_AUTHENTICATOR);
    }
}
