package io.github.totpguard.keycloak.page;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory before a login asks for a code. The step for trusted browsers may not have
 * run, because Keycloak skips it for users without such a credential.
 *
 * @param context the context of the step that asks
 */
public record CodeAsked(AuthenticationFlowContext context) implements ProviderEvent {

    public static void publish(AuthenticationFlowContext context) {
        context.getSession().getKeycloakSessionFactory().publish(new CodeAsked(context));
    }
}
