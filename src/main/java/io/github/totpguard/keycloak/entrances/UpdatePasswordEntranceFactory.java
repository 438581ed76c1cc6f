package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.page.FactorProof;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdatePassword;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own {@code UPDATE_PASSWORD}. It needs a proof if an application requested it or if the user has not
 * entered the current password in this login.
 */
public final class UpdatePasswordEntranceFactory extends UpdatePassword {
    private static final RequiredActionProvider ACTION = new ProvenAction(
            new UpdatePassword(), FactorProof.For.PASSWORD, UpdatePasswordEntranceFactory::isWithoutCurrentPassword);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }

    /**
     * Whether an application requested the change, or the current password was not entered in this login. If the
     * password has expired or an administrator requires the change, the user has entered it in this login.
     */
    private static boolean isWithoutCurrentPassword(RequiredActionContext context) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        return context.getAction().equals(authentication.getClientNote(Constants.KC_ACTION_EXECUTING))
                || !AuthenticatorUtil.isPasswordValidated(authentication);
    }
}
