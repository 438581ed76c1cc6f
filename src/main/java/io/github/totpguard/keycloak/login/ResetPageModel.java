package io.github.totpguard.keycloak.login;

/** What {@code totp-guard-reset.ftl} shows; public with getters because FreeMarker reads it. */
public final class ResetPageModel {
    private final boolean proved;
    private final boolean mailLinkEnough;

    ResetPageModel(boolean proved, boolean mailLinkEnough) {
        this.proved = proved;
        this.mailLinkEnough = mailLinkEnough;
    }

    /** Whether another factor was proved, so that no code is asked for. */
    public boolean isProved() {
        return proved;
    }

    /** Whether a lost device may be replaced without any proof but the mail. */
    public boolean isMailLinkEnough() {
        return mailLinkEnough;
    }
}
