package io.github.totpguard.keycloak.sealing;

/** What a sealed secret is for; one sealed for another purpose does not open. */
public enum SealingPurpose {
    /** The secret of an {@code otp} credential. */
    OTP_CREDENTIAL("otp"),
    /** A secret that was shown for enrolment and is not confirmed yet; it lives in the authentication session. */
    PENDING_DEVICE("pending-otp"),
    /** Backup codes that were shown and are not confirmed yet; they live in the authentication session. */
    PENDING_BACKUP_CODES("pending-backup-codes"),
    /** The secret of another service's account in the vault. */
    VAULT_ACCOUNT("vault-account");

    private final String claim;

    SealingPurpose(String claim) {
        this.claim = claim;
    }

    String claim() {
        return claim;
    }
}
