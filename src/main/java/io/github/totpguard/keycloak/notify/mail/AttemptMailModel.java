package io.github.totpguard.keycloak.notify.mail;

/** The additional template data of mails about wrong codes and locks. */
public final class AttemptMailModel extends SecurityMailModel {
    private final MailAddressee addressee;
    private final AttemptContent content;

    AttemptMailModel(SecurityMail mail, MailAddressee addressee, AttemptContent content) {
        super(mail, addressee);
        this.addressee = addressee;
        this.content = content;
    }

    /** The end of the lock; empty if it does not end on its own. */
    public String getLockedUntil() {
        return content.lockedUntil().map(addressee::time).orElse("");
    }

    public boolean isPasswordChange() {
        return content.passwordChange();
    }
}
