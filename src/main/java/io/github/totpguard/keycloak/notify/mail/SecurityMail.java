package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.GuardedUser;
import jakarta.enterprise.context.ContextNotActiveException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * A mail to a user. It holds all data of the request that the mail needs, so that it can be written after the request
 * has ended.
 *
 * @param realmId the id of the user's realm
 * @param realmName the name of the realm, for the log
 * @param userId the user who gets the mail
 * @param content the content of the mail
 * @param origin the origin of the request
 * @param at the time of the request
 * @param address the address to send to; empty for the user's own address
 * @param server Keycloak's URL as the browser knows it; empty outside of a request
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

    /** The same mail, sent to another address than the user's own. */
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
