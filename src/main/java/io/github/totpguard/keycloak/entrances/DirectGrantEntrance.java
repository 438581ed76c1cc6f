package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The direct grant's step under Keycloak's id. Ours answers users without a device itself, so this one says that it needs no
 * user; what Keycloak's flow does before it asks a step that needs one is done here where Keycloak's own step is asked.
 */
final class DirectGrantEntrance implements Authenticator, CredentialValidator<OTPCredentialProvider> {
    private final ValidateOTP keycloaks;

    DirectGrantEntrance(ValidateOTP keycloaks) {
        this.keycloaks = keycloaks;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        if (!Entrances.leadToOurs(session)) {
            requireConfiguredUser(context);
        }
        at(session).authenticate(context);
    }

    private void requireConfiguredUser(AuthenticationFlowContext context) {
        String step = "authenticator '" + ValidateOTP.PROVIDER_ID + "'";
        if (context.getUser() == null) {
            throw new AuthenticationFlowException(
                    step + " requires user to be set in the authentication context by previous authenticators",
                    AuthenticationFlowError.UNKNOWN_USER);
        }
        if (!keycloaks.configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            throw new AuthenticationFlowException(step, AuthenticationFlowError.CREDENTIAL_SETUP_REQUIRED);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        at(context.getSession()).action(context);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return at(session).configuredFor(session, realm, user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        at(session).setRequiredActions(session, realm, user);
    }

    @Override
    public OTPCredentialProvider getCredentialProvider(KeycloakSession session) {
        return keycloaks.getCredentialProvider(session);
    }

    private Authenticator at(KeycloakSession session) {
        return Entrances.step(session, GuardNames.DIRECT_GRANT_AUTHENTICATOR, keycloaks);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
