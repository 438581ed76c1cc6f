package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.backup.BackupCodeInput;
import io.github.totpguard.core.backup.BackupCodeInput.Flaw;
import java.util.OptionalInt;
import org.keycloak.models.utils.FormMessage;

/**
 * The error message next to a field whose input cannot be a code. It says what to correct. It depends only on the input, and
 * reveals nothing about the right code.
 */
public final class CodeError {
    private static final String INCOMPLETE_BACKUP_CODE = "totpGuard.error.backupCodeIncomplete";

    private CodeError() {}

    /** @param digits the length of the code; empty if the user's devices differ in it */
    public static FormMessage incompleteCode(String field, OptionalInt digits) {
        return digits.isPresent()
                ? new FormMessage(field, "totpGuard.error.codeIncomplete", digits.getAsInt())
                : new FormMessage(field, "totpGuard.error.codeIncompleteAny");
    }

    /**
     * The same for a login, where users also enter a backup code in this field.
     *
     * @param entered may be null
     */
    static FormMessage incompleteCode(String field, String entered, OptionalInt digits) {
        return BackupCodeInput.looksLikeOne(entered)
                ? new FormMessage(field, "totpGuard.error.codeIsBackupCode")
                : incompleteCode(field, digits);
    }

    /**
     * @param entered may be null
     * @param inOrder whether the user's codes are Keycloak's, which have another format
     */
    static FormMessage incompleteBackupCode(String field, String entered, boolean inOrder) {
        String message = inOrder
                ? "totpGuard.error.backupCodeInOrder"
                : BackupCodeInput.flaw(entered).map(CodeError::ofBackupCode).orElse(INCOMPLETE_BACKUP_CODE);
        return new FormMessage(field, message);
    }

    /** The message key for an input that is not a backup code. */
    public static String ofBackupCode(Flaw flaw) {
        return switch (flaw) {
            case MISSING -> "totpGuard.error.backupCodeMissing";
            case NUMBER_MISSING -> "totpGuard.error.backupCodeNumber";
            case CODE_OF_APP -> "totpGuard.error.backupCodeOfApp";
            case TOO_SHORT -> INCOMPLETE_BACKUP_CODE;
            case TOO_LONG -> "totpGuard.error.backupCodeTooLong";
            case WRONG_CHARACTER -> "totpGuard.error.backupCodeCharacters";
        };
    }
}
