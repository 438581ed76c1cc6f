package io.github.totpguard.keycloak.login;

/** What {@code totp-guard-reset.ftl} shows; public with getters because FreeMarker reads it. */
public final class ResetPageModel {
    private final boolean proved;
    private final boolean mailLinkEnough;
    private final boolean backupCodes;

    ResetPageModel(boolean proved, boolean mailLinkEnough, boolean backupCodes) {
        this.proved = proved;
        this.mailLinkEnough = mailLinkEnough;
        this.backupCodes = backupCodes;
    }

    /** Whether another factor was proved, so that no code is asked for. */
    public boolean isProved() {
        return proved;
    }

    /** Whether the user has some, one of which proves as much as a code. */
    public boolean isBackupCodes() {
        return backupCodes;
    }

    /** Whether a lost device may be replaced without any proof but the mail. */
    public boolean isMailLinkEnough() {
        return mailLinkEnough;
    }
}
