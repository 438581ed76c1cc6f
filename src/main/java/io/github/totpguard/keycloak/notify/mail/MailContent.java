package io.github.totpguard.keycloak.notify.mail;

/** The content of a mail: its subject, its template and the template's data. */
sealed interface MailContent permits AttemptContent, ChangeContent {
    /** The message key of the subject. The message has one argument, the realm's name. */
    String subject();

    String template();

    SecurityMailModel model(SecurityMail mail, MailAddressee addressee);
}
