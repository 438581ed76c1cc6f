package io.github.totpguard.keycloak.notify.mail;

/**
 * A change to the second factors.
 *
 * @param change which
 * @param name of the device or browser, empty if it has none
 * @param left backup codes that are left
 * @param byAdministrator who did it: an administrator, or the user
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
