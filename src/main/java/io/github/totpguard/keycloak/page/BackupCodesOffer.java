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

/** New backup codes, offered within a login. The user may decline, unless an administrator has asked for them too. */
public final class BackupCodesOffer {
    private static final List<String> ACTIONS =
            List.of(GuardNames.BACKUP_CODES_ACTION, GuardNames.KEYCLOAKS_BACKUP_CODES_ACTION);

    private BackupCodesOffer() {}

    /**
     * The required action that makes backup codes in this realm: ours, or Keycloak's id that leads to it, whichever is
     * enabled; empty if users cannot make any.
     */
    public static Optional<String> action(RealmModel realm) {
        return ACTIONS.stream().filter(alias -> isEnabled(realm, alias)).findFirst();
    }

    private static boolean isEnabled(RealmModel realm, String alias) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(alias);
        return action != null && action.isEnabled();
    }

    /** Codes were made: neither our action nor Keycloak's is pending any longer. */
    public static void done(UserModel user, AuthenticationSessionModel authentication) {
        ACTIONS.forEach(action -> {
            authentication.removeRequiredAction(action);
            try {
                user.removeRequiredAction(action);
            } catch (ReadOnlyException e) {
                // A read-only user store has none of its own; those of the login are gone.
            }
        });
    }

    /** Has the action ask before this login is complete. */
    public static void make(RealmModel realm, AuthenticationSessionModel authentication) {
        action(realm).ifPresent(authentication::addRequiredAction);
    }

    /** The same if few codes are left, or none. */
    public static void makeIfFew(OptionalInt left, RealmModel realm, AuthenticationSessionModel authentication) {
        if (left.isPresent() && left.getAsInt() <= StoredBackupCodes.FEW) {
            make(realm, authentication);
        }
    }
}
