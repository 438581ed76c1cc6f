package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.page.FactorProof;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.broker.provider.IdpLinkAction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Keycloak's own {@code idp_link}, after a proof. */
public final class IdentityLinkEntranceFactory extends IdpLinkAction {
    private static final RequiredActionProvider ACTION =
            new ProvenAction(new IdpLinkAction(), FactorProof.For.LINK, context -> true);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(IdentityLinkRule::onEvent);
    }
}
