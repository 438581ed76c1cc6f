package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.GuardedUser;
import jakarta.enterprise.context.ContextNotActiveException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * A mail to a user. It holds all that the request knows and the mail needs, so that it can be written when the request is
 * over.
 *
 * @param realmId of the user
 * @param realmName of the same, for the log
 * @param userId whom to tell
 * @param content what of
 * @param origin where it came from
 * @param at when it was
 * @param address where it goes; empty: the user's own
 * @param server Keycloak's address as the browser knows it; empty outside of a request
 */
record SecurityMail(
        String realmId,
        String realmName,
        String userId,
        MailContent content,
        AttemptOrigin origin,
        Instant at,
        Optional<String> address,
        Optional<URI> server) {

    static SecurityMail of(GuardedUser user, MailContent content) {
        return new SecurityMail(
                user.realm().getId(),
                user.realm().getName(),
                user.id(),
                content,
                AttemptOrigin.of(user.session()),
                ServerTime.now(),
                Optional.empty(),
                server(user.session()));
    }

    /** The same for another address than the user's own. */
    SecurityMail to(Optional<String> other) {
        return new SecurityMail(realmId, realmName, userId, content, origin, at, other, server);
    }

    private static Optional<URI> server(KeycloakSession session) {
        try {
            return Optional.of(session.getContext().getUri().getBaseUri());
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }
}
