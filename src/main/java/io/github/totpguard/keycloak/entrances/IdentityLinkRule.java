package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.ChangeOfWaysIn;
import jakarta.ws.rs.core.Response;
import org.keycloak.broker.provider.IdpLinkAction;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Requires a proof before an identity provider is linked, because a linked provider is a way in. Keycloak has four ways
 * to link one: its action, the account REST, the link that an application creates, and the first login through the
 * provider. All of them add the identity to the user. A login without a proof is therefore refused at that point,
 * before anything is committed. Requests of administrators have no login here and need no proof.
 */
final class IdentityLinkRule {
    /** The error of the event for a login that is refused here. */
    private static final String NOT_PROVED = "totp_guard_second_factor_missing";

    private static final String REMOVED = "totpGuard.unlinked.";

    private IdentityLinkRule() {}

    static void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityRemovedEvent removed) {
            removed.getKeycloakSession()
                    .setAttribute(REMOVED + removed.getFederatedIdentity().getIdentityProvider(), Boolean.TRUE);
        } else if (event instanceof FederatedIdentityCreatedEvent created) {
            check(created);
        }
    }

    private static void check(FederatedIdentityCreatedEvent created) {
        KeycloakSession session = created.getKeycloakSession();
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        String provider = created.getFederatedIdentity().getIdentityProvider();
        // Keycloak may replace an old link with its new form in one request. That does not add a way in.
        if (login == null || session.getAttribute(REMOVED + provider) != null) {
            return;
        }
        boolean missing = ChangeOfWaysIn.of(session, created.getRealm(), created.getUser())
                .needsProof(login, IdpLinkAction.PROVIDER_ID);
        if (missing) {
            new EventBuilder(created.getRealm(), session, session.getContext().getConnection())
                    .event(EventType.FEDERATED_IDENTITY_LINK)
                    .client(login.getClient())
                    .user(created.getUser())
                    .detail(Details.IDENTITY_PROVIDER, provider)
                    .error(NOT_PROVED);
            throw new ErrorPageException(session, login, Response.Status.FORBIDDEN, "totpGuard.error.linkNotProved");
        }
    }
}
