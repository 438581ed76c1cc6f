package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** What all entrances do: where TOTP Guard is on the way goes to ours, elsewhere to Keycloak's own. Asked at every call. */
final class Entrances {
    /** Of the factories: Keycloak takes the one of the highest order among those of one id. */
    static final int BEFORE_KEYCLOAKS_OWN = 100;

    private Entrances() {}

    static boolean leadToOurs(KeycloakSession session) {
        return GuardPolicy.isOn(session.getContext().getRealm());
    }

    static Authenticator step(KeycloakSession session, String ours, Authenticator keycloaks) {
        return leadToOurs(session) ? session.getProvider(Authenticator.class, ours) : keycloaks;
    }

    static RequiredActionProvider action(KeycloakSession session, String ours, RequiredActionProvider keycloaks) {
        return leadToOurs(session) ? session.getProvider(RequiredActionProvider.class, ours) : keycloaks;
    }

    /** For the account console: the page takes backup codes and gives trust where the flow has no steps for them. */
    static Set<String> optionalCategories(KeycloakSession session, Set<String> keycloaks) {
        return leadToOurs(session) ? Set.of(SecondFactor.BACKUP_CODES.type(), GuardNames.TRUSTED_BROWSER) : keycloaks;
    }
}
