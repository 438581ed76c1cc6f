package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.keycloak.gate.AttemptDecided;

/** Mails the user about wrong codes and locks, in the background and immediately, because the login may never end. */
public final class AttemptNotice {
    private AttemptNotice() {}

    /** @param decided an attempt with a notice */
    public static void send(AttemptDecided decided) {
        MailDelivery.of(decided.user().session())
                .post(SecurityMail.of(decided.user(), AttemptContent.of(decided.outcome())));
    }
}
