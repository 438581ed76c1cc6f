package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.GuardedUser;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when the code of a user was accepted who wants this browser to be trusted from now on.
 *
 * @param user whose code it was; the answer to the request goes to that browser
 * @param event of the login, for details
 */
public record TrustRequested(GuardedUser user, EventBuilder event) implements ProviderEvent {

    public static void publish(AuthenticationFlowContext context) {
        context.getSession()
                .getKeycloakSessionFactory()
                .publish(new TrustRequested(GuardedUser.of(context), context.getEvent()));
    }
}
