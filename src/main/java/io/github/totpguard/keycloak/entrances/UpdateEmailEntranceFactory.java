package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.page.FactorProof;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateEmail;
import org.keycloak.models.KeycloakSession;

/** Keycloak's own {@code UPDATE_EMAIL}, after a proof. */
public final class UpdateEmailEntranceFactory extends UpdateEmail {
    private static final RequiredActionProvider ACTION =
            new ProvenAction(new UpdateEmail(), FactorProof.For.EMAIL, context -> true);

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public int order() {
        return Entrances.BEFORE_KEYCLOAKS_OWN;
    }
}
