package io.github.totpguard.keycloak.notify.mail;

/** What the mail about a change shows besides. */
public final class ChangeMailModel extends SecurityMailModel {
    private final ChangeContent content;

    ChangeMailModel(SecurityMail mail, MailAddressee addressee, ChangeContent content) {
        super(mail, addressee);
        this.content = content;
    }

    /** What the message keys of this change start with. */
    public String getChange() {
        return content.change().messages();
    }

    /** Of the device or browser; empty if it has none. */
    public String getName() {
        return content.name();
    }

    /** Backup codes that are left. */
    public int getLeft() {
        return content.left();
    }

    /** Whether the mail is about backup codes that are used up one by one, and so says how many are left. */
    public boolean isCounted() {
        return content.change() == CredentialChange.BACKUP_CODE_USED || content.change() == CredentialChange.BACKUP_CODES_RUNNING_OUT;
    }

    public boolean isByAdministrator() {
        return content.byAdministrator();
    }
}
