package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/** Offers new backup codes during a login. The user may decline, unless an administrator has requested them too. */
public final class BackupCodesOffer {
    private static final List<String> ACTIONS =
            List.of(GuardNames.BACKUP_CODES_ACTION, GuardNames.KEYCLOAKS_BACKUP_CODES_ACTION);

    private BackupCodesOffer() {}

    /**
     * The required action that creates backup codes in this realm: ours, or Keycloak's id that leads to ours, depending
     * on which one is enabled. Empty if users cannot create backup codes.
     */
    public static Optional<String> action(RealmModel realm) {
        return ACTIONS.stream().filter(alias -> isEnabled(realm, alias)).findFirst();
    }

    private static boolean isEnabled(RealmModel realm, String alias) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(alias);
        return action != null && action.isEnabled();
    }

    /** Removes our action and Keycloak's from the pending actions, because codes were created. */
    public static void done(UserModel user, AuthenticationSessionModel authentication) {
        ACTIONS.forEach(action -> {
            authentication.removeRequiredAction(action);
            try {
                user.removeRequiredAction(action);
            } catch (ReadOnlyException e) {
                // A read-only user store has no required actions. Those of the login are removed above.
            }
        });
    }

    /** Adds the action to this login, so that it asks the user before the login is complete. */
    public static void make(RealmModel realm, AuthenticationSessionModel authentication) {
        action(realm).ifPresent(authentication::addRequiredAction);
    }

    /** The same, if few codes or none are left. */
    public static void makeIfFew(OptionalInt left, RealmModel realm, AuthenticationSessionModel authentication) {
        if (left.isPresent() && left.getAsInt() <= StoredBackupCodes.FEW) {
            make(realm, authentication);
        }
    }
}
