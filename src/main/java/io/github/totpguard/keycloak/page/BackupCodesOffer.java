package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** New backup codes, offered within a login. The user may decline, unless an administrator has asked for them too. */
public final class BackupCodesOffer {
    private BackupCodesOffer() {}

    /** Whether the realm's users can make backup codes of ours. */
    public static boolean isPossible(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(GuardNames.BACKUP_CODES_ACTION);
        return action != null && action.isEnabled();
    }

    /** Has the action ask before this login is complete. */
    public static void make(RealmModel realm, AuthenticationSessionModel authentication) {
        if (isPossible(realm)) {
            authentication.addRequiredAction(GuardNames.BACKUP_CODES_ACTION);
        }
    }

    /** The same if few codes are left, or none. */
    public static void makeIfFew(OptionalInt left, RealmModel realm, AuthenticationSessionModel authentication) {
        if (left.isPresent() && left.getAsInt() <= StoredBackupCodes.FEW) {
            make(realm, authentication);
        }
    }
}
