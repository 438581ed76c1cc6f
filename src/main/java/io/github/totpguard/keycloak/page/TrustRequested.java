package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.GuardedUser;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory after a code was accepted, if the user has asked to trust this browser.
 *
 * @param user the user of the code; the response to the request goes to that browser
 * @param event the event of the login, for details
 */
public record TrustRequested(GuardedUser user, EventBuilder event) implements ProviderEvent {

    public static void publish(AuthenticationFlowContext context) {
        context.getSession()
                .getKeycloakSessionFactory()
                .publish(new TrustRequested(GuardedUser.of(context), context.getEvent()));
    }
}
