package io.github.totpguard.keycloak.notify.mail;

/** What the mails about wrong codes show besides. */
public final class AttemptMailModel extends SecurityMailModel {
    private final MailAddressee addressee;
    private final AttemptContent content;

    AttemptMailModel(SecurityMail mail, MailAddressee addressee, AttemptContent content) {
        super(mail, addressee);
        this.addressee = addressee;
        this.content = content;
    }

    /** Empty for a lock that no time ends. */
    public String getLockedUntil() {
        return content.lockedUntil().map(addressee::time).orElse("");
    }

    public boolean isPasswordChange() {
        return content.passwordChange();
    }
}
