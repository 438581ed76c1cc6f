package io.github.totpguard.keycloak.page;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when a login is about to ask for a code. The step for trusted browsers may not
 * have run: Keycloak skips it for users without such a credential.
 *
 * @param context of the step that asks
 */
public record CodeAsked(AuthenticationFlowContext context) implements ProviderEvent {

    public static void publish(AuthenticationFlowContext context) {
        context.getSession().getKeycloakSessionFactory().publish(new CodeAsked(context));
    }
}
