package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.backup.BackupCodeInput;
import java.util.OptionalInt;
import org.keycloak.models.utils.FormMessage;

/** What is said beside a field of an input that can be no code. It depends on the input alone, and says nothing about the right code. */
public final class CodeError {
    private CodeError() {}

    /** @param digits of the code; empty if there are devices with different ones */
    public static FormMessage incompleteCode(String field, OptionalInt digits) {
        return digits.isPresent()
                ? new FormMessage(field, "totpGuard.error.codeIncomplete", digits.getAsInt())
                : new FormMessage(field, "totpGuard.error.codeIncompleteAny");
    }

    /** @param entered may be null */
    static FormMessage incompleteBackupCode(String field, String entered) {
        return new FormMessage(
                field,
                BackupCodeInput.lacksNumber(entered)
                        ? "totpGuard.error.backupCodeNumber"
                        : "totpGuard.error.backupCodeIncomplete");
    }
}
