package io.github.totpguard.testprovider;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A step that does something to the login of a user who is known, and asks nothing. */
abstract class TestStep implements Authenticator {
    @Override
    public final void action(AuthenticationFlowContext context) {
        // asks nothing
    }

    @Override
    public final boolean requiresUser() {
        return true;
    }

    @Override
    public final boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public final void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // none
    }

    @Override
    public final void close() {
        // nothing is held
    }
}
