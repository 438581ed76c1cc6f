package io.github.totpguard.keycloak.notify;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Holds a mail back until what it tells of is stored; it is dropped if that fails. */
final class MailAfterRequest extends AbstractKeycloakTransaction {
    private final MailDelivery delivery;
    private final SecurityMail mail;

    private MailAfterRequest(MailDelivery delivery, SecurityMail mail) {
        this.delivery = delivery;
        this.mail = mail;
    }

    static void enlist(KeycloakSession session, SecurityMail mail) {
        session.getTransactionManager().enlistAfterCompletion(new MailAfterRequest(MailDelivery.of(session), mail));
    }

    @Override
    protected void commitImpl() {
        delivery.post(mail);
    }

    @Override
    protected void rollbackImpl() {
        // nothing happened that could be told
    }
}
