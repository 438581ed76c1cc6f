package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Map;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Redirects Keycloak's required actions to ours if an administrator has disabled Keycloak's and enabled ours. Keycloak
 * skips a disabled action that is pending, required by a flow or requested by an application. This class requests our
 * action that does the same work.
 */
final class LedActions {
    private static final Map<String, String> OURS = Map.of(
            GuardNames.KEYCLOAKS_SETUP_ACTION, GuardNames.SETUP_ACTION,
            GuardNames.KEYCLOAKS_BACKUP_CODES_ACTION, GuardNames.BACKUP_CODES_ACTION);

    private LedActions() {}

    /** Call this before Keycloak determines the next action of a login. */
    static void lead(RequiredActionContext context) {
        OURS.forEach((keycloaks, ours) -> {
            if (!isEnabled(context.getRealm(), keycloaks) && isEnabled(context.getRealm(), ours)) {
                lead(context, keycloaks, ours);
            }
        });
    }

    private static void lead(RequiredActionContext context, String keycloaks, String ours) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        boolean pending = context.getUser().getRequiredActionsStream().anyMatch(keycloaks::equals);
        if (pending || authentication.getRequiredActions().contains(keycloaks)) {
            authentication.addRequiredAction(ours);
        }
        if (keycloaks.equals(authentication.getClientNote(Constants.KC_ACTION))) {
            authentication.setClientNote(Constants.KC_ACTION, ours);
        }
    }

    private static boolean isEnabled(RealmModel realm, String alias) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(alias);
        return action != null && action.isEnabled();
    }

    /** Removes our action and Keycloak's from the pending actions, because a device was set up. */
    static void setUp(RequiredActionContext context) {
        for (String action : new String[] {GuardNames.SETUP_ACTION, GuardNames.KEYCLOAKS_SETUP_ACTION}) {
            context.getAuthenticationSession().removeRequiredAction(action);
            removeFrom(context.getUser(), action);
        }
    }

    private static void removeFrom(UserModel user, String action) {
        try {
            user.removeRequiredAction(action);
        } catch (ReadOnlyException e) {
            // A read-only user store has no required actions. Those of the login are removed above.
        }
    }
}
