package io.github.totpguard.keycloak.notify;

import io.github.totpguard.core.state.Notice;
import io.github.totpguard.keycloak.gate.AttemptDecided;
import jakarta.enterprise.context.ContextNotActiveException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * What a mail to the user is about. It holds all that the request knows and the mail needs, so that it can be written when
 * the request is over.
 *
 * @param realmId of the user
 * @param realmName of the same, for the log
 * @param userId whom to tell
 * @param notice what of
 * @param lockedUntil the end of the lock, if there is one that time ends
 * @param passwordChange whether the user's sessions were ended and the password must be changed
 * @param origin where the attempt came from
 * @param at when it was decided
 * @param server Keycloak's address as the browser knows it; empty outside of a request
 */
record NoticeMail(
        String realmId,
        String realmName,
        String userId,
        Notice notice,
        Optional<Instant> lockedUntil,
        boolean passwordChange,
        AttemptOrigin origin,
        Instant at,
        Optional<URI> server) {

    /** @param attempt one with something to tell */
    static NoticeMail about(AttemptDecided attempt) {
        return new NoticeMail(
                attempt.realm().getId(),
                attempt.realm().getName(),
                attempt.user().getId(),
                attempt.outcome().notice(),
                attempt.outcome().verdict().lockedUntil(),
                attempt.outcome().passwordChange(),
                AttemptOrigin.of(attempt.session()),
                Instant.ofEpochMilli(Time.currentTimeMillis()),
                server(attempt.session()));
    }

    /** The message key of the subject, whose one argument is the realm's name. */
    String subject() {
        return notice == Notice.WRONG_CODES ? "totpGuard.mail.wrongCodes.subject" : "totpGuard.mail.locked.subject";
    }

    String template() {
        return notice == Notice.WRONG_CODES ? "totp-guard-mail-wrong-codes.ftl" : "totp-guard-mail-locked.ftl";
    }

    private static Optional<URI> server(KeycloakSession session) {
        try {
            return Optional.of(session.getContext().getUri().getBaseUri());
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }
}
