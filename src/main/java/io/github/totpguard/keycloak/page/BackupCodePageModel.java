package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import java.util.OptionalInt;
import org.keycloak.models.UserModel;

/** What {@code totp-guard-backup-code.ftl} shows; public with getters because FreeMarker reads it. */
public final class BackupCodePageModel {
    private final OptionalInt next;

    private BackupCodePageModel(OptionalInt next) {
        this.next = next;
    }

    static BackupCodePageModel of(UserModel user) {
        try {
            return new BackupCodePageModel(
                    StoredBackupCodes.of(user).map(StoredBackupCodes::next).orElse(OptionalInt.empty()));
        } catch (VerificationUnavailableException e) {
            // The page is shown all the same: the gate says what is wrong when it is asked.
            return new BackupCodePageModel(OptionalInt.empty());
        }
    }

    /** Whether only one of the codes is asked for: Keycloak's are used in order. */
    public boolean isInOrder() {
        return next.isPresent();
    }

    /** Its number; 0 if any code will do. */
    public int getNumber() {
        return next.orElse(0);
    }
}
