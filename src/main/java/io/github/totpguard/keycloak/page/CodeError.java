package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.backup.BackupCodeInput;
import java.util.OptionalInt;
import org.keycloak.models.utils.FormMessage;

/**
 * The error message next to a field whose input cannot be a code. It depends only on the input, and reveals nothing
 * about the right code.
 */
public final class CodeError {
    private CodeError() {}

    /** @param digits the length of the code; empty if the user's devices differ in it */
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
