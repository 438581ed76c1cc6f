package io.github.totpguard.keycloak.notify.mail;

/**
 * The content of a mail about a change to the second factors.
 *
 * @param change the change
 * @param name the name of the device or browser; empty if it has none
 * @param left how many backup codes are left
 * @param byAdministrator whether an administrator made the change, not the user
 */
record ChangeContent(CredentialChange change, String name, int left, boolean byAdministrator) implements MailContent {
    @Override
    public String subject() {
        return change.messages() + ".subject";
    }

    @Override
    public String template() {
        return "totp-guard-mail-change.ftl";
    }

    @Override
    public SecurityMailModel model(SecurityMail mail, MailAddressee addressee) {
        return new ChangeMailModel(mail, addressee, this);
    }
}
