package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.core.backup.BackupCode;
import io.github.totpguard.core.backup.BackupCodeInput;
import io.github.totpguard.keycloak.sealing.SealingContext;
import io.github.totpguard.keycloak.sealing.SealingPurpose;
import io.github.totpguard.keycloak.sealing.SecretSealer;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The codes that are shown in this browser tab. They stay on the server, in the authentication session. They are sealed
 * there, because Keycloak can store authentication sessions in its database.
 */
final class PendingCodes {
    private static final String SEALED = "totpGuard.backupCodes.sealed";
    private static final String SEPARATOR = " ";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RequiredActionContext context;
    private final AuthenticationSessionModel notes;

    private PendingCodes(RequiredActionContext context) {
        this.context = context;
        this.notes = context.getAuthenticationSession();
    }

    static PendingCodes of(RequiredActionContext context) {
        return new PendingCodes(context);
    }

    static void forget(AuthenticationSessionModel notes) {
        notes.removeAuthNote(SEALED);
    }

    Optional<List<BackupCode>> current() {
        String sealed = notes.getAuthNote(SEALED);
        if (sealed == null) {
            return Optional.empty();
        }
        try {
            String texts =
                    SecretSealer.of(context.getSession(), context.getRealm()).open(sealed, sealingContext());
            return Optional.of(List.of(texts.split(SEPARATOR)).stream()
                    .map(text -> BackupCodeInput.parse(text).orElseThrow())
                    .toList());
        } catch (UnsealingException e) {
            // The realm's key was removed meanwhile. The page will show other codes.
            return Optional.empty();
        }
    }

    List<BackupCode> issue(int count) {
        List<BackupCode> codes = BackupCode.generate(count, RANDOM);
        String texts = codes.stream().map(BackupCode::text).collect(Collectors.joining(SEPARATOR));
        notes.setAuthNote(
                SEALED,
                SecretSealer.of(context.getSession(), context.getRealm()).seal(texts, sealingContext()));
        return codes;
    }

    /** The codes are not stored yet and have no credential id, so the id of the browser tab is used. */
    private SealingContext sealingContext() {
        return new SealingContext(
                context.getRealm().getId(),
                context.getUser().getId(),
                notes.getTabId(),
                SealingPurpose.PENDING_BACKUP_CODES);
    }
}
