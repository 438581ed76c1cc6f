package io.github.totpguard.keycloak.notify.mail;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sends mails in the background, so that a login neither waits for the mail server nor fails because of it. */
final class MailDelivery {
    private static final Logger LOG = Logger.getLogger(MailDelivery.class);
    private static final String TASK_TYPE = "totp-guard-mail";

    private final KeycloakSessionFactory factory;
    private final ExecutorService executor;

    private MailDelivery(KeycloakSessionFactory factory, ExecutorService executor) {
        this.factory = factory;
        this.executor = executor;
    }

    static MailDelivery of(KeycloakSession session) {
        return new MailDelivery(
                session.getKeycloakSessionFactory(),
                session.getProvider(ExecutorsProvider.class).getExecutor(TASK_TYPE));
    }

    void post(SecurityMail mail) {
        try {
            CompletableFuture.runAsync(() -> deliver(mail), executor).whenComplete((done, failure) -> {
                if (failure != null) {
                    warn(mail, failure);
                }
            });
        } catch (RejectedExecutionException e) {
            // The server is shutting down.
            warn(mail, e);
        }
    }

    private void deliver(SecurityMail mail) {
        KeycloakModelUtils.runJobInTransaction(factory, own -> {
            Optional<MailRecipient> recipient = MailRecipient.find(own, mail);
            if (recipient.isPresent()) {
                deliver(mail, recipient.get());
            }
        });
    }

    private static void deliver(SecurityMail mail, MailRecipient recipient) {
        Optional<String> obstacle = recipient.obstacle();
        if (obstacle.isPresent()) {
            LOG.debugf("No mail to user %s in realm %s: %s", mail.userId(), mail.realmName(), obstacle.get());
            return;
        }
        try {
            recipient.send(mail);
        } catch (EmailException e) {
            throw new CompletionException(e);
        }
    }

    /** Does not log the messages of the causes, because a mail server's response may contain the address. */
    private static void warn(SecurityMail mail, Throwable failure) {
        LOG.warnf(
                "The mail to user %s in realm %s about the second factor was not sent (%s): check the realm's e-mail settings",
                mail.userId(), mail.realmName(), rootCause(failure).getClass().getName());
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }
}
