package io.github.totpguard.keycloak.gate;

import java.util.Locale;

/** Where an attempt came from. All channels share one failure count and one lock. Metrics report the channel. */
public enum Channel {
    /** The login form {@code totp-guard-form}. */
    FORM,
    /** {@code totp-guard-direct-grant}. */
    DIRECT_GRANT,
    /** {@code totp-guard-reset}, in the reset-credentials flow. */
    RESET,
    /** The form {@code totp-guard-backup-code-form}, and all other steps of TOTP Guard that accept a backup code. */
    BACKUP_CODE,
    /** The required action {@code totp-guard-setup}. */
    SETUP,
    /**
     * Every caller that asks Keycloak to check an {@code otp} or a recovery code: Keycloak's own form and direct grant,
     * and other extensions.
     */
    BUILT_IN;

    /**
     * Whether the request comes from TOTP Guard and has only read from the database so far. For requests of other code
     * this is unknown.
     */
    boolean hasOnlyRead() {
        return this != BUILT_IN;
    }

    /** The lower-case name for metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
