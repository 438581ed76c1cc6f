package io.github.totpguard.keycloak.sealing;

/** What a sealed secret is used for. A secret does not open for another purpose. */
public enum SealingPurpose {
    /** The secret of an {@code otp} credential. */
    OTP_CREDENTIAL("otp"),
    /** A secret that was shown for enrolment and is not confirmed yet. It is in the authentication session. */
    PENDING_DEVICE("pending-otp"),
    /** Backup codes that were shown and are not confirmed yet. They are in the authentication session. */
    PENDING_BACKUP_CODES("pending-backup-codes"),
    /** The secret of an account of another service in the vault. */
    VAULT_ACCOUNT("vault-account");

    private final String claim;

    SealingPurpose(String claim) {
        this.claim = claim;
    }

    String claim() {
        return claim;
    }
}
