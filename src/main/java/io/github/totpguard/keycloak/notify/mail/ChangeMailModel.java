package io.github.totpguard.keycloak.notify.mail;

/** The additional template data of mails about a change. */
public final class ChangeMailModel extends SecurityMailModel {
    private final ChangeContent content;

    ChangeMailModel(SecurityMail mail, MailAddressee addressee, ChangeContent content) {
        super(mail, addressee);
        this.content = content;
    }

    /** The prefix of the message keys of this change. */
    public String getChange() {
        return content.change().messages();
    }

    /** The name of the device or browser; empty if it has none. */
    public String getName() {
        return content.name();
    }

    /** How many backup codes are left. */
    public int getLeft() {
        return content.left();
    }

    /** Whether the mail is about the use of a backup code, and therefore says how many are left. */
    public boolean isCounted() {
        return content.change() == CredentialChange.BACKUP_CODE_USED
                || content.change() == CredentialChange.BACKUP_CODES_RUNNING_OUT;
    }

    public boolean isByAdministrator() {
        return content.byAdministrator();
    }
}
