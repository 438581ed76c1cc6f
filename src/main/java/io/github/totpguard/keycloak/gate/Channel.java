package io.github.totpguard.keycloak.gate;

import java.util.Locale;

/** Where an attempt came from. All of them share one count and one lock; this is for metrics. */
public enum Channel {
    /** The login form {@code totp-guard-form}. */
    FORM,
    /** {@code totp-guard-direct-grant}. */
    DIRECT_GRANT,
    /** {@code totp-guard-reset}, in the reset-credentials flow. */
    RESET,
    /** The form {@code totp-guard-backup-code-form}, and wherever else of ours a backup code is entered. */
    BACKUP_CODE,
    /** The required action {@code totp-guard-setup}. */
    SETUP,
    /** Whoever asks Keycloak to check an {@code otp} or a recovery code: its own form, its own direct grant, other extensions. */
    BUILT_IN;

    /** Whether a request of ours asks, which has only read so far; of other people's requests nobody knows. */
    boolean hasOnlyRead() {
        return this != BUILT_IN;
    }

    /** In lower case, as metrics have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
