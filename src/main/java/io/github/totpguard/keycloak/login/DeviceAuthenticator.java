package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.FactorOrder;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The base of authenticators that require one of the user's devices. */
abstract class DeviceAuthenticator implements Authenticator, CredentialValidator<OTPCredentialProvider> {

    @Override
    public final boolean requiresUser() {
        return true;
    }

    /**
     * Keycloak calls this on each step before it reads the order of the user's factors. This is the only method of TOTP
     * Guard that is called before every choice of a factor, so the order is corrected here.
     */
    @Override
    public final String getType(KeycloakSession session) {
        Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(AuthenticationSessionModel::getAuthenticatedUser)
                .ifPresent(FactorOrder::putDevicesFirst);
        return CredentialValidator.super.getType(session);
    }

    @Override
    public final void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        requireSetup(session.getContext().getAuthenticationSession());
    }

    /**
     * Adds the action to the authentication session and not to the user, because a read-only user store could not store
     * it.
     */
    static void requireSetup(AuthenticationSessionModel authentication) {
        if (!authentication.getRequiredActions().contains(GuardNames.SETUP_ACTION)) {
            authentication.addRequiredAction(GuardNames.SETUP_ACTION);
        }
    }

    @Override
    public final List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return Stream.of(session.getKeycloakSessionFactory()
                        .getProviderFactory(RequiredActionProvider.class, GuardNames.SETUP_ACTION))
                .map(RequiredActionFactory.class::cast)
                .toList();
    }

    @Override
    public final OTPCredentialProvider getCredentialProvider(KeycloakSession session) {
        return (OTPCredentialProvider)
                session.getProvider(CredentialProvider.class, GuardNames.OTP_CREDENTIAL_PROVIDER);
    }

    @Override
    public final void close() {
        // nothing to close
    }
}
