package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.page.FactorProof;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdatePassword;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** {@code UPDATE_PASSWORD}: Keycloak's own, after a proof where an application asked or the present password was not given. */
public final class UpdatePasswordEntranceFactory extends UpdatePassword {
    private static final RequiredActionProvider ACTION = new ProvenAction(
            new UpdatePassword(), FactorProof.For.PASSWORD, UpdatePasswordEntranceFactory::isWithoutPresentOne);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }

    /** A password that has expired, or that the administrator wants changed, is given in the same login. */
    private static boolean isWithoutPresentOne(RequiredActionContext context) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        return context.getAction().equals(authentication.getClientNote(Constants.KC_ACTION_EXECUTING))
                || !AuthenticatorUtil.isPasswordValidated(authentication);
    }
}
