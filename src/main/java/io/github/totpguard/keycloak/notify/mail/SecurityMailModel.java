package io.github.totpguard.keycloak.notify.mail;

/**
 * The template data of every {@code totp-guard-mail-*.ftl}; public with getters because FreeMarker reads it. Times are
 * texts in the user's language and contain the time zone. Unknown values are empty texts.
 */
public abstract sealed class SecurityMailModel permits AttemptMailModel, ChangeMailModel {
    private final SecurityMail mail;
    private final MailAddressee addressee;

    SecurityMailModel(SecurityMail mail, MailAddressee addressee) {
        this.mail = mail;
        this.addressee = addressee;
    }

    public String getRealm() {
        return addressee.realm();
    }

    /** The address of the page on which users see and change their second factors. */
    public String getFactorsPage() {
        return addressee.factorsPage().orElse("");
    }

    public String getTime() {
        return addressee.time(mail.at());
    }

    public String getBrowser() {
        return mail.origin().browser().orElse("");
    }

    public String getAddress() {
        return mail.origin().address().orElse("");
    }
}
