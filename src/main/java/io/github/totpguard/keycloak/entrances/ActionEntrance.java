package io.github.totpguard.keycloak.entrances;

import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A required action under Keycloak's id that sets up a credential. Keycloak's action and TOTP Guard's have the same
 * credential type.
 */
final class ActionEntrance implements RequiredActionProvider, CredentialRegistrator {
    private final RequiredActionProvider keycloaks;
    private final CredentialRegistrator keycloaksType;
    private final String ours;

    private ActionEntrance(RequiredActionProvider keycloaks, CredentialRegistrator keycloaksType, String ours) {
        this.keycloaks = keycloaks;
        this.keycloaksType = keycloaksType;
        this.ours = ours;
    }

    /** @param ours the id of the required action that replaces Keycloak's */
    static <A extends RequiredActionProvider & CredentialRegistrator> ActionEntrance of(A keycloaks, String ours) {
        return new ActionEntrance(keycloaks, keycloaks, ours);
    }

    private RequiredActionProvider target(KeycloakSession session) {
        return Entrances.action(session, ours, keycloaks);
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return keycloaks.initiatedActionSupport();
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authentication) {
        target(session).initiatedActionCanceled(session, authentication);
    }

    /** Calls Keycloak's own method, which does nothing. TOTP Guard's action is called under its own id. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        keycloaks.evaluateTriggers(context);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        target(context.getSession()).requiredActionChallenge(context);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        target(context.getSession()).processAction(context);
    }

    @Override
    public int getMaxAuthAge(KeycloakSession session) {
        return keycloaks.getMaxAuthAge(session);
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return keycloaksType.getCredentialType(session, authentication);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
