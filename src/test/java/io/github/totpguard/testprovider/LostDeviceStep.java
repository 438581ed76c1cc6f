package io.github.totpguard.testprovider;

import io.github.totpguard.keycloak.gate.session.LostDevice;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What a login by backup code leaves behind: a proof, and the question for a lost device. */
final class LostDeviceStep implements Authenticator {
    @Override
    public void authenticate(AuthenticationFlowContext context) {
        LostDevice.in(context.getAuthenticationSession()).ask();
        SecondFactorProof.record(context.getSession());
        context.success();
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // asks nothing
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // none
    }

    @Override
    public void close() {
        // nothing is held
    }
}
