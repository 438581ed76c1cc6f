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
 * The step of the direct grant under Keycloak's id. TOTP Guard's step answers users without a device itself, so this
 * one returns that it requires no user. If Keycloak's own step is called, the checks that Keycloak's flow makes for
 * steps that require a user are done here.
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
        target(session).authenticate(context);
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
        target(context.getSession()).action(context);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return target(session).configuredFor(session, realm, user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        target(session).setRequiredActions(session, realm, user);
    }

    @Override
    public OTPCredentialProvider getCredentialProvider(KeycloakSession session) {
        return keycloaks.getCredentialProvider(session);
    }

    private Authenticator target(KeycloakSession session) {
        return Entrances.step(session, GuardNames.DIRECT_GRANT_AUTHENTICATOR, keycloaks);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
