package io.github.totpguard.keycloak.notify.mail;

/** What a mail is about: its subject, its template and what that shows. */
sealed interface MailContent permits AttemptContent, ChangeContent {
    /** The message key of the subject, whose one argument is the realm's name. */
    String subject();

    String template();

    SecurityMailModel model(SecurityMail mail, MailAddressee addressee);
}
